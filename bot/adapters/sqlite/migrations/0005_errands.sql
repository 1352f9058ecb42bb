-- Things to do later in a chat: a reminder that somebody asked for, a notice that a mail is late,
-- taking a document out of the chat. What and in which chat is sealed.

create table errands (
    id      text primary key,     -- random
    person  text not null,        -- keyed hash of a chat id: to forget all of a person's
    due     integer not null,     -- rounded up to the hour
    expires integer not null,     -- rounded up to the hour; then it goes, done or not
    sealed  blob not null         -- the errand and the channel's address, under the errands' key
) without rowid;
create index errands_by_due on errands (due);
create index errands_by_person on errands (person);
