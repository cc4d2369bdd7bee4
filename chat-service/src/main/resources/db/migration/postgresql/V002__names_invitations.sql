-- What a person wants to be called; NULL if it is the name.
ALTER TABLE person ADD COLUMN display_name TEXT;
ALTER TABLE entry ADD COLUMN display_name TEXT;

-- What taken names look like (UTS 39): a new name must have no skeleton of another one. A name gets
-- its skeletons first, so the person or room may not be there yet.
CREATE TABLE person_skeleton (
  skeleton  TEXT NOT NULL PRIMARY KEY,
  person_id TEXT NOT NULL
);
CREATE INDEX person_skeleton_person ON person_skeleton (person_id);

CREATE TABLE room_skeleton (               -- of public rooms
  skeleton TEXT NOT NULL PRIMARY KEY,
  room_id  TEXT NOT NULL
);

-- Names that are older than their tables of skeletons. The next start gives them theirs, the oldest
-- first, and empties these tables.
CREATE TABLE person_to_adopt (
  created_at BIGINT NOT NULL,
  person_id  TEXT   NOT NULL REFERENCES person (person_id),
  PRIMARY KEY (created_at, person_id)
);
INSERT INTO person_to_adopt (created_at, person_id)
  SELECT created_at, person_id FROM person WHERE name_key IS NOT NULL;

CREATE TABLE room_to_adopt (
  created_at BIGINT NOT NULL,
  room_id    TEXT   NOT NULL REFERENCES room (room_id),
  PRIMARY KEY (created_at, room_id)
);
INSERT INTO room_to_adopt (created_at, room_id)
  SELECT created_at, room_id FROM room WHERE name_key IS NOT NULL;

-- Invitations that were neither accepted nor declined.
CREATE TABLE invitation (
  person_id  TEXT   NOT NULL REFERENCES person (person_id),
  room_id    TEXT   NOT NULL REFERENCES room (room_id),
  inviter_id TEXT   NOT NULL REFERENCES person (person_id),
  invited_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, room_id)
);
CREATE INDEX invitation_inviter ON invitation (inviter_id, room_id);

CREATE TABLE blocked_inviter (
  person_id  TEXT   NOT NULL REFERENCES person (person_id),
  inviter_id TEXT   NOT NULL REFERENCES person (person_id),
  blocked_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, inviter_id)
);
