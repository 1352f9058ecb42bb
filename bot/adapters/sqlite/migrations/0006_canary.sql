-- A test of the whole way is no report: it is not counted as one, and nothing of it stays.

alter table outbox add column canary integer not null default 0;
