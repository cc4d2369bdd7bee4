-- The marker of the last transaction that a service wrote in each of its slots: it tells what became of
-- a commit that was not answered.
CREATE TABLE commit_marker (
  slot       TEXT        NOT NULL PRIMARY KEY,
  marker     TEXT        NOT NULL,
  written_at TIMESTAMPTZ NOT NULL
);
