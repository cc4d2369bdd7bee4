-- What public rooms are found by: their folded names from each word on to the end. `position` is that
-- of the word's first character, and `shared` how long a beginning an earlier word of the name has in
-- common with it: a search for so much has found the room already.
CREATE TABLE room_word (
  word     TEXT COLLATE "C" NOT NULL,
  position INTEGER NOT NULL,
  room_id  TEXT NOT NULL REFERENCES room (room_id),
  shared   INTEGER NOT NULL,
  PRIMARY KEY (word, position, room_id)
);

-- Names in the order of their characters, as SQLite has them.
ALTER TABLE room ALTER COLUMN name_key TYPE TEXT COLLATE "C";

-- Rooms that are older than this table get their words at the next start.
INSERT INTO room_to_adopt (created_at, room_id)
  SELECT created_at, room_id FROM room WHERE name_key IS NOT NULL
  ON CONFLICT DO NOTHING;

-- A list of public rooms is read by name_key, and one of a person's rooms in the order of joining.
DROP INDEX room_visibility;
DROP INDEX member_person;
CREATE INDEX member_person ON member (person_id, joined_at, room_id);
