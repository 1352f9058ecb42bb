-- Everything a person wrote is inside a sealed column. No table has an order of arrival
-- (WITHOUT ROWID, random or keyed-hash keys), except the inbox, which is emptied by each turn.
-- Times are minutes since 1970, UTC, and coarse; days are YYYY-MM-DD.

create table installation (
    fingerprint text not null  -- which set of keys this database belongs to
);

create table sessions (
    person  text primary key,     -- keyed hash of a chat id
    version integer not null,
    lapses  integer not null,     -- rounded up to the hour
    sealed  blob not null         -- session and chat record, under the day's session key
) without rowid;
create index sessions_by_lapse on sessions (lapses);

create table inbox (
    id            integer primary key autoincrement,  -- never used twice
    person        text not null,
    update_number integer not null,
    day           text not null,  -- of the session key it is sealed under
    sealed        blob not null,
    unique (person, update_number)
);

create table codes (
    tag      blob primary key,    -- of a slow hash
    erase_on text not null,
    sealed   blob not null        -- under a key that only the code gives
) without rowid;

create table outbox (
    id         text primary key,
    state      text not null check (state in ('saved', 'handed_over', 'problem', 'withdrawn')),
    reference  text not null,     -- these three are emptied when the content is destroyed
    mailbox    text not null,
    message_id text not null,
    route      text not null,
    day        text not null,
    training   integer not null,
    anonymous  integer not null,
    tries      integer not null default 0,
    due        integer not null,  -- 0: at once
    leased     integer not null default 0,  -- until then a courier has it; it may have left
    delivered  integer not null default 0,  -- anonymous: the start of the day
    code       text not null default ''     -- the last fault's safe code
) without rowid;
create index outbox_by_state on outbox (state, due);

create table outbox_contents (
    item   text primary key,
    sealed blob not null          -- the mail, under a key of its own
) without rowid;

create table outbox_keys (
    item    text primary key,
    wrapped blob not null         -- that key, under the outbox key; erasing it erases the mail
) without rowid;
