package io.tercet.chat.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.LogSettings;
import io.tercet.chat.log.LogWriter;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.PersonId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Lists of rooms and of members.
class RoomListsTest {

  private final RoomStore store = mock();
  private final LogSettings settings = new LogSettings(1, 1, Duration.ofSeconds(1), 2, 3);
  private final Rooms rooms =
      new Rooms(store, mock(LogReader.class), mock(LogWriter.class), settings);

  @Test
  void haveABound() {
    PersonId ada = new PersonId(UUID.randomUUID());
    RoomId roomId = new RoomId(UUID.randomUUID());
    Room room = new Room(roomId, "tea", "", Visibility.PUBLIC, true, 1, 9);
    when(store.list(ada, 2)).thenReturn(List.of(room));
    when(store.find(roomId, ada)).thenReturn(Optional.of(room));
    when(store.members(roomId, 3)).thenReturn(List.of(ada));

    assertThat(rooms.list(ada)).containsExactly(room);
    assertThat(rooms.members(roomId, ada)).containsExactly(ada);
  }
}
