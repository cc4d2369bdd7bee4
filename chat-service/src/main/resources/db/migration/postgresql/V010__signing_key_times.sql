-- The place of a key in the order of keys, so that two replicas cannot add the same one; and from when
-- it signs. NULL in a row of a version that knew neither: it signs from the time at which it was made.
ALTER TABLE signing_key ADD COLUMN place BIGINT;
ALTER TABLE signing_key ADD COLUMN signs_at BIGINT;
CREATE UNIQUE INDEX signing_key_place ON signing_key (place);

UPDATE signing_key SET signs_at = created_at, place = (
  SELECT COUNT(*) FROM signing_key AS older
  WHERE older.created_at < signing_key.created_at
    OR (older.created_at = signing_key.created_at AND older.key_id <= signing_key.key_id));
