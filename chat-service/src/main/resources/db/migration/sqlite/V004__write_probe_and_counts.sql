-- The row that a health check writes: the service is ready while it can write.
CREATE TABLE write_probe (
  probe_id  BIGINT NOT NULL PRIMARY KEY,
  probed_at BIGINT NOT NULL
);
INSERT INTO write_probe (probe_id, probed_at) VALUES (1, 0);

-- What a list of rooms would otherwise count, or sort, by reading everything.
ALTER TABLE room ADD COLUMN member_count BIGINT NOT NULL DEFAULT 0;
UPDATE room SET member_count = (SELECT COUNT(*) FROM member WHERE member.room_id = room.room_id);
CREATE INDEX room_visibility ON room (visibility, name, room_id);
