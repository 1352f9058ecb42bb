-- The key of a mail is wrapped under the outbox key and the secret of a slot. The secrets lie in
-- the key folder and in no backup: a slot that is filled anew erases the mail from every copy.

alter table outbox_keys add column slot integer;  -- null: of version 2, under the outbox key alone
create unique index outbox_keys_by_slot on outbox_keys (slot);

create table spent_slots (      -- of mails that were erased: to be filled anew, then free again
    id   integer primary key autoincrement,  -- never used twice
    slot integer not null unique
);
