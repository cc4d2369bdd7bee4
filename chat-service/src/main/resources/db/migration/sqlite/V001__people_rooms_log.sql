-- Times are milliseconds since 1970 UTC; ids are UUIDs in their 36 characters.

CREATE TABLE person (
  person_id     TEXT   NOT NULL PRIMARY KEY,
  name          TEXT   NOT NULL,
  name_key      TEXT   UNIQUE,              -- NULL once a guest's name became free again
  password_hash TEXT,                       -- NULL for a guest
  created_at    BIGINT NOT NULL,
  last_seen_at  BIGINT NOT NULL
);

CREATE TABLE session (
  session_id   TEXT   NOT NULL PRIMARY KEY,
  secret_hash  TEXT   NOT NULL UNIQUE,      -- SHA-256 of the cookie's value, hex
  person_id    TEXT   NOT NULL REFERENCES person (person_id),
  idle_seconds BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL
);
CREATE INDEX session_expires_at ON session (expires_at);

CREATE TABLE signing_key (
  key_id     TEXT   NOT NULL PRIMARY KEY,
  jwk        TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE room (
  room_id    TEXT   NOT NULL PRIMARY KEY,
  name       TEXT   NOT NULL,
  name_key   TEXT   UNIQUE,                 -- NULL for a private room: its name is nobody else's business
  topic      TEXT   NOT NULL,
  visibility TEXT   NOT NULL,
  last_seq   BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE member (
  room_id   TEXT   NOT NULL REFERENCES room (room_id),
  person_id TEXT   NOT NULL REFERENCES person (person_id),
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (room_id, person_id)
) WITHOUT ROWID;
CREATE INDEX member_person ON member (person_id);

CREATE TABLE entry (
  room_id           TEXT   NOT NULL REFERENCES room (room_id),
  seq               BIGINT NOT NULL,
  kind              TEXT   NOT NULL,
  person_id         TEXT   NOT NULL,
  person_name       TEXT   NOT NULL,
  sent_at           BIGINT NOT NULL,
  client_message_id TEXT,
  event_id          TEXT,
  body              TEXT,                   -- a message's text; a file's card as JSON
  PRIMARY KEY (room_id, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX entry_client_message ON entry (room_id, person_id, client_message_id)
  WHERE client_message_id IS NOT NULL;
CREATE UNIQUE INDEX entry_event ON entry (event_id) WHERE event_id IS NOT NULL;
