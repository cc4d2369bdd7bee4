-- Whom the text of a message or of an edit mentions, as it was decided when it was written:
-- {"people": [...], "room": true, "here": false}, or NULL if nobody.
ALTER TABLE entry ADD COLUMN mentions TEXT;

-- Whom a message mentions by the text that it has now. It follows from the log. The person '' is
-- everybody in the room.
CREATE TABLE mention (
  room_id   TEXT   NOT NULL REFERENCES room (room_id),
  seq       BIGINT NOT NULL,              -- the message
  person_id TEXT   NOT NULL,
  author_id TEXT   NOT NULL,              -- who wrote it; nobody mentions themselves
  PRIMARY KEY (room_id, seq, person_id)
);
CREATE INDEX mention_person ON mention (room_id, person_id, seq, author_id);
