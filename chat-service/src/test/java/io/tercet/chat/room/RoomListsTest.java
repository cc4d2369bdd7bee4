package io.tercet.chat.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.LogSettings;
import io.tercet.chat.log.LogWriter;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of rooms and of members.
class RoomListsTest {

  private static final int ROOMS_IN_A_PAGE = 4;

  private final RoomStore store = mock();
  private final LogSettings settings =
      new LogSettings(1, 1, Duration.ofSeconds(1), ROOMS_IN_A_PAGE, 3);
  private final RoomLists lists = new RoomLists(store, settings);
  private final PersonId ada = new PersonId(UUID.randomUUID());

  @Test
  void haveABoundOfMembers() {
    Rooms rooms = TestRooms.over(store, mock(LogReader.class), mock(LogWriter.class), settings);
    Room room = room("tea");
    when(store.find(room.roomId(), ada)).thenReturn(Optional.of(room));
    when(store.members(room.roomId(), 3)).thenReturn(List.of(ada));

    assertThat(rooms.members(room.roomId(), ada)).containsExactly(ada);
  }

  @Test
  void havePagesOfABoundedSizeUntilTheLast() {
    joined("a", "b", "c", "d", "e", "f");

    RoomPage first = lists.own(ada, null, null, 1_000);
    assertThat(first.rooms()).extracting(Room::name).containsExactly("a", "b", "c", "d");
    RoomPage second = lists.own(ada, null, first.next(), 1_000);
    assertThat(second.rooms()).extracting(Room::name).containsExactly("e", "f");
    assertThat(second.next()).isNull();
  }

  @Test
  void haveNoNextPageBehindAFullOneThatIsTheLast() {
    joined("a", "b", "c", "d");

    assertThat(lists.own(ada, null).rooms()).hasSize(4);
    assertThat(lists.own(ada, null).next()).isNull();
  }

  @Test
  void findWhatAWordBeginsWithOnLaterPagesToo() {
    joined("plans", "b", "c", "d", "e", "f", "g", "h", "Team-Plans", "planes", "plan");

    assertThat(all("PLANS", 1_000)).containsExactly("plans", "Team-Plans");
    assertThat(all("plan", 1)).containsExactly("plans", "Team-Plans", "planes", "plan");
    assertThat(all("lans", 1)).isEmpty();
    assertThat(all("a\0", 1)).isEmpty();
  }

  @Test
  void refuseALimitThatIsNotPositive() {
    assertRefused(() -> lists.own(ada, null, null, 0));
    assertRefused(() -> lists.ofPublic(ada, null, null, -1));
  }

  @Test
  void refuseToLookForMoreThanANameCanHave() {
    assertRefused(() -> lists.ofPublic(ada, "x".repeat(65), null, null));
    when(store.search(any(), any(), any(), anyInt())).thenReturn(List.of());
    assertThat(lists.ofPublic(ada, "x".repeat(64), null, null).rooms()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "AAAA", "bm90aGluZw", "bwp4CnI", "cABw", "bwoxMjM0NTY3ODkwMTIz"})
  void refuseACursorThatIsNotTheirs(String cursor) {
    assertRefused(() -> lists.own(ada, null, cursor, null));
    assertRefused(() -> lists.ofPublic(ada, null, cursor, null));
    assertRefused(() -> lists.ofPublic(ada, "x", cursor, null));
  }

  @Test
  void refuseACursorOfAnotherList() {
    String own = new RoomCursor.Own(1, "r").text();
    String found = new RoomCursor.Found("plans", 0, "r").text();
    String all = new RoomCursor.Public("plans").text();

    assertRefused(() -> lists.own(ada, null, all, null));
    assertRefused(() -> lists.ofPublic(ada, null, own, null));
    assertRefused(() -> lists.ofPublic(ada, null, found, null));
    assertRefused(() -> lists.ofPublic(ada, "plans", all, null));
    assertRefused(() -> lists.ofPublic(ada, "tea", found, null));
  }

  @Test
  void takeBackTheCursorsThatTheyGive() {
    assertThat(RoomCursor.own(new RoomCursor.Own(-7, "r").text()))
        .isEqualTo(new RoomCursor.Own(-7, "r"));
    assertThat(RoomCursor.ofPublic(new RoomCursor.Public("项目\n").text()))
        .isEqualTo(new RoomCursor.Public("项目\n"));
    assertThat(RoomCursor.found(new RoomCursor.Found("项目\n", 3, "r").text(), "项"))
        .isEqualTo(new RoomCursor.Found("项目\n", 3, "r"));
  }

  private List<String> all(String typed, int limit) {
    List<String> names = new ArrayList<>();
    @Nullable String next = null;
    do {
      RoomPage page = lists.own(ada, typed, next, limit);
      assertThat(page.rooms()).hasSizeLessThanOrEqualTo(limit);
      page.rooms().forEach(room -> names.add(room.name()));
      next = page.next();
    } while (next != null);
    return names;
  }

  /// The store has these rooms of Ada, who joined them in this order.
  private void joined(String... names) {
    List<ListedRoom> rooms =
        IntStream.range(0, names.length)
            .mapToObj(i -> new ListedRoom(room(names[i]), new RoomCursor.Own(i, names[i])))
            .toList();
    when(store.own(any(), any(), anyInt()))
        .thenAnswer(call -> {
          RoomCursor.Own after = call.getArgument(1);
          return rooms.stream()
              .filter(each -> ((RoomCursor.Own) each.cursor()).joinedAt() > after.joinedAt())
              .limit(call.getArgument(2, Integer.class))
              .toList();
        });
  }

  private static Room room(String name) {
    RoomId roomId = new RoomId(UUID.randomUUID());
    return new Room(roomId, name, "", Visibility.PUBLIC, Role.MEMBER, 1, 9, 1, 0, 0, List.of());
  }

  private static void assertRefused(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
  }
}
