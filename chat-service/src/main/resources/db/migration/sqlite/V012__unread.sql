-- Up to where a member has read the log of the room. What was there before is read.
ALTER TABLE member ADD COLUMN read_seq BIGINT NOT NULL DEFAULT 0;
UPDATE member SET read_seq = (SELECT last_seq FROM room WHERE room.room_id = member.room_id);

-- Rises with each write that moves places of a person. `member.read_version` is what it was when that
-- place moved last, so a replica finds the places that moved after a version.
ALTER TABLE person ADD COLUMN read_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN read_version BIGINT NOT NULL DEFAULT 0;
CREATE INDEX member_read ON member (person_id, read_version);

-- 1 once the text of a message was deleted.
ALTER TABLE entry ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
UPDATE entry SET deleted = 1 WHERE (room_id, seq) IN (
  SELECT room_id, seq FROM message_now WHERE deleted_seq IS NOT NULL);

-- What can be unread, and whose it is. It has all columns of the condition, or SQLite would look each
-- of them up in the table.
CREATE INDEX entry_unread ON entry (room_id, seq, person_id, kind, deleted)
  WHERE kind IN ('message', 'file') AND deleted = 0;
