-- A mail that its mailbox accepted and sent back is sent again, under its own Message-ID.

alter table outbox add column returned integer not null default 0;  -- how often it came back
