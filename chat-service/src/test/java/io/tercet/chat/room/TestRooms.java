package io.tercet.chat.room;

import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.LogSettings;
import io.tercet.chat.log.LogWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes the rooms for tests of other packages.
public final class TestRooms {

  private TestRooms() {}

  public static Rooms over(
      RoomStore store, LogReader entries, LogWriter writer, LogSettings settings) {
    return new Rooms(
        store,
        entries,
        writer,
        settings,
        new MessageSettings(Duration.ZERO, 100),
        (roomId, max) -> Optional.of(List.of()));
  }
}
