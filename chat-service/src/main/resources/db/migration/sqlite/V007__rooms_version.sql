-- Rises with each change of what a person sees in lists of rooms: joining, leaving, invitations. A
-- replica that heard of no change compares it with the one that it knows.
ALTER TABLE person ADD COLUMN rooms_version BIGINT NOT NULL DEFAULT 0;
