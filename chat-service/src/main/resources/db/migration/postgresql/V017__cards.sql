-- What a card has beside the person. `display_key` is the key of the name that the display name gives;
-- NULL if that is the person's own name, or if there is no display name.
ALTER TABLE person ADD COLUMN display_key TEXT;
ALTER TABLE person ADD COLUMN renamed_on BIGINT;          -- the day, from 1970, of the last change of it
ALTER TABLE person ADD COLUMN renames INTEGER NOT NULL DEFAULT 0;  -- how many there were on that day
ALTER TABLE person ADD COLUMN time_zone TEXT;
ALTER TABLE person ADD COLUMN status_emoji TEXT;
ALTER TABLE person ADD COLUMN status_text TEXT;
ALTER TABLE person ADD COLUMN status_until BIGINT;
ALTER TABLE person ADD COLUMN picture TEXT;               -- the hash of the picture
ALTER TABLE person ADD COLUMN card_changed_at BIGINT;
CREATE INDEX person_display_key ON person (display_key) WHERE display_key IS NOT NULL;
-- A replica that heard of no change looks for the newest ones.
CREATE INDEX person_card_changed ON person (card_changed_at) WHERE card_changed_at IS NOT NULL;

-- The picture of a person in several sizes: pixels of width, which is the height as well.
CREATE TABLE person_picture (
  person_id  TEXT    NOT NULL REFERENCES person (person_id),
  size       INTEGER NOT NULL,
  hash       TEXT    NOT NULL,
  media_type TEXT    NOT NULL,
  bytes      BYTEA    NOT NULL,
  PRIMARY KEY (person_id, size)
);

-- What people are found by: their folded name and display name from each word on to the end.
CREATE TABLE person_word (
  word      TEXT COLLATE "C" NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  PRIMARY KEY (word, person_id)
);
CREATE INDEX person_word_person ON person_word (person_id);

-- People who are older than this table get their words at the next start.
INSERT INTO person_to_adopt (created_at, person_id)
  SELECT created_at, person_id FROM person WHERE name_key IS NOT NULL
  ON CONFLICT DO NOTHING;
