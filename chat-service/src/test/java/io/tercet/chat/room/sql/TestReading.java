package io.tercet.chat.room.sql;

import io.tercet.chat.room.reading.ReadingSettings;
import java.time.Duration;

/// Small limits, so that a test reaches them.
final class TestReading {

  static final int LOOKED_AT_MAX = 10;
  static final int COUNTED_MAX = 5;
  static final ReadingSettings SETTINGS =
      new ReadingSettings(
          LOOKED_AT_MAX,
          COUNTED_MAX,
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          1_000,
          400,
          500,
          Duration.ofSeconds(1));

  private TestReading() {}
}
