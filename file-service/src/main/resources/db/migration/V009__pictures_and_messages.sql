-- The pixels of a picture as it is shown; null for what is none, and for what was stored before.
alter table version add column width integer;
alter table version add column height integer;

-- announced: 0 for a file of which the log of the room has no entry: chat-service only learns of it, for a
-- message.
alter table outbox add column announced integer not null default 1 check (announced in (0, 1));
alter table outbox add column width integer;
alter table outbox add column height integer;
