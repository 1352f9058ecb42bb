-- A mailbox may have a second one. Each mail is then sealed to both when it is saved, under the same
-- Message-ID; when the first is down for too long, the two copies change places.

create table outbox_others (
    item    text primary key,
    mailbox text not null,        -- of this copy
    sealed  blob not null,        -- as in outbox_contents, under a key of its own
    wrapped blob not null         -- that key, under the slot of its item
) without rowid;
alter table outbox add column passed integer not null default 0;  -- how often they changed places
