-- Which replica does a task of housekeeping, and until when no other one may.
CREATE TABLE housekeeping (
  task       TEXT   NOT NULL PRIMARY KEY,
  holder     TEXT   NOT NULL,
  held_until BIGINT NOT NULL
);
