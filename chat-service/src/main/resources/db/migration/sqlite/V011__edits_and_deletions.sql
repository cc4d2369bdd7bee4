-- The message that an entry edits or deletes; NULL for an entry that concerns no other.
ALTER TABLE entry ADD COLUMN target_seq BIGINT;
CREATE INDEX entry_target ON entry (room_id, target_seq) WHERE target_seq IS NOT NULL;

-- What the log made of messages that were edited or deleted. It only points at entries: all of it
-- follows from the log. A message without a row is as it was sent.
CREATE TABLE message_now (
  room_id     TEXT    NOT NULL REFERENCES room (room_id),
  seq         BIGINT  NOT NULL,
  edits       INTEGER NOT NULL,
  edited_seq  BIGINT,                     -- the newest edit
  deleted_seq BIGINT,
  PRIMARY KEY (room_id, seq)
) WITHOUT ROWID;
