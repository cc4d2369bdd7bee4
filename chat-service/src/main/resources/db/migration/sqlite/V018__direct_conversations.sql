-- Of a direct conversation: the ids of its people, in their order, with blanks between; and who opened
-- it. NULL for any other room. Its name is the names of the people in that order.
ALTER TABLE room ADD COLUMN direct_people TEXT;
ALTER TABLE room ADD COLUMN opener_id TEXT;
CREATE UNIQUE INDEX room_direct_people ON room (direct_people) WHERE direct_people IS NOT NULL;
CREATE INDEX room_opener ON room (opener_id) WHERE opener_id IS NOT NULL;
