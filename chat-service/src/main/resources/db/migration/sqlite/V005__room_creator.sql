-- Who created a room, and publishes its folder; nobody for the room that the service created. The
-- first entry of a room is that of its creator, if it was written together with the room.
ALTER TABLE room ADD COLUMN creator_id TEXT;

UPDATE room SET creator_id = (
  SELECT entry.person_id FROM entry
  WHERE entry.room_id = room.room_id AND entry.seq = 1 AND entry.kind = 'joined'
    AND entry.sent_at = room.created_at);
