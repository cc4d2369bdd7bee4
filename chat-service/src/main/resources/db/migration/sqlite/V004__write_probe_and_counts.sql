-- The row that a health check writes: the service is ready while it can write.
CREATE TABLE write_probe (
  probe_id  BIGINT NOT NULL PRIMARY KEY,
  probed_at BIGINT NOT NULL
);
INSERT INTO write_probe (probe_id, probed_at) VALUES (1, 0);
