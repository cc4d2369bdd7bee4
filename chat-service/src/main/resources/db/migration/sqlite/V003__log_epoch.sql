-- Tells this log from another one, such as an older copy of it that was restored.

CREATE TABLE log_epoch (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  epoch    TEXT    NOT NULL
);
INSERT INTO log_epoch VALUES (1, lower(hex(randomblob(16))));
