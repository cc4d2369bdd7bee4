-- The message of the same room that a message answers; NULL if it answers none.
ALTER TABLE entry ADD COLUMN reply_to BIGINT;

-- A deleted message has an empty text, and no other message has.
CREATE INDEX entry_reply ON entry (room_id, reply_to, seq)
  WHERE reply_to IS NOT NULL AND body <> '';

-- How many messages answer this one and are not deleted.
ALTER TABLE message_now ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
