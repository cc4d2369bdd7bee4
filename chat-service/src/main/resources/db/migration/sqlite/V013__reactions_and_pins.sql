-- The reactions to a message: {"emoji": count, ...} in the order of their first use, or NULL. The
-- message that was pinned has the seq of the entry that did it.
ALTER TABLE message_now ADD COLUMN reactions TEXT;
ALTER TABLE message_now ADD COLUMN pinned_seq BIGINT;
CREATE INDEX message_now_pinned ON message_now (room_id, pinned_seq)
  WHERE pinned_seq IS NOT NULL;

-- Who reacted how. It follows from the log, too.
CREATE TABLE reaction (
  room_id     TEXT   NOT NULL REFERENCES room (room_id),
  seq         BIGINT NOT NULL,            -- the message
  person_id   TEXT   NOT NULL,
  emoji       TEXT   NOT NULL,
  reacted_seq BIGINT NOT NULL,            -- the entry that says so
  PRIMARY KEY (room_id, seq, person_id, emoji)
) WITHOUT ROWID;
CREATE INDEX reaction_first ON reaction (room_id, seq, emoji, reacted_seq);

-- The texts of a message, however many other entries are about it.
CREATE INDEX entry_edit ON entry (room_id, target_seq) WHERE kind = 'edited';
