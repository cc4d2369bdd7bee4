-- The files of a message: [{"fileId": ...}, ...] as its entry has them, or NULL. So a message that is not
-- deleted may have an empty text.
ALTER TABLE entry ADD COLUMN files TEXT;
CREATE INDEX entry_answer ON entry (room_id, reply_to, seq)
  WHERE reply_to IS NOT NULL AND deleted = 0;

-- Files of which file-service said that a person stored them for a message. A message that has one names
-- itself here, and takes what is said of the file.
CREATE TABLE confirmed_file (
  file_id      TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  room_id      TEXT    NOT NULL REFERENCES room (room_id),
  person_id    TEXT    NOT NULL,          -- who stored it
  confirmed_at BIGINT  NOT NULL,          -- milliseconds since 1970, UTC
  file         TEXT,                      -- as an entry has it; NULL once a message has it
  seq          BIGINT,                    -- that message
  PRIMARY KEY (file_id, version)
);
CREATE INDEX confirmed_file_of_person ON confirmed_file (person_id, confirmed_at) WHERE seq IS NULL;
CREATE INDEX confirmed_file_time ON confirmed_file (confirmed_at);
