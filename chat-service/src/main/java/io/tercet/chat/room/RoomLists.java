package io.tercet.chat.room;

import io.tercet.chat.log.LogSettings;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.text.Words;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lists of rooms, read in pages, and searched by name.
///
/// A search finds names of which a word begins with what was typed, both folded: see [Words]. A
/// page costs the same wherever it is and however many rooms there are. Each room that was in the
/// list all the time is in one of its pages, once.
///
/// - Threading: any thread.
/// - Errors: `invalid-request` for a limit, a cursor or a text to look for that cannot be.
/// - Bounds: a page has at most [LogSettings#roomsListedMax] rooms, also for a larger limit.
@Component
public class RoomLists {

  private static final int LIMIT_DEFAULT = 50;

  private final RoomStore rooms;
  private final LogSettings settings;

  RoomLists(RoomStore rooms, LogSettings settings) {
    this.rooms = rooms;
    this.settings = settings;
  }

  /// The rooms of which a person is a member, in the order of joining.
  ///
  /// A page of a search looks through [LogSettings#roomsListedMax] of them. So it may have fewer
  /// rooms than `limit`, or none, and a next page all the same.
  public RoomPage own(
      PersonId viewer, @Nullable String typed, @Nullable String cursor, @Nullable Integer limit) {
    int most = most(limit);
    RoomCursor.Own after = RoomCursor.own(cursor);
    Optional<String> beginning = beginning(typed);
    if (beginning.isEmpty()) {
      return new RoomPage(List.of(), null);
    }
    if (beginning.get().isEmpty()) {
      return RoomPage.of(rooms.own(viewer, after, most + 1), most);
    }
    int lookedAt = settings.roomsListedMax();
    List<ListedRoom> looked = rooms.own(viewer, after, lookedAt + 1);
    boolean more = looked.size() > lookedAt;
    List<ListedRoom> all = more ? looked.subList(0, lookedAt) : looked;
    RoomPage page =
        RoomPage.of(all.stream().filter(each -> hasWord(each, beginning.get())).toList(), most);
    return page.next() == null && more
        ? new RoomPage(page.rooms(), all.getLast().cursor().text())
        : page;
  }

  /// The rooms of which a person is a member, as many as a page can have.
  public RoomPage own(PersonId viewer, @Nullable String cursor) {
    return own(viewer, null, cursor, settings.roomsListedMax());
  }

  /// Public rooms, also those of which the viewer is a member: all by folded name; or those that a
  /// search finds, by the word that it found.
  public RoomPage ofPublic(
      PersonId viewer, @Nullable String typed, @Nullable String cursor, @Nullable Integer limit) {
    int most = most(limit);
    Optional<String> beginning = beginning(typed);
    if (beginning.isEmpty()) {
      return new RoomPage(List.of(), null);
    }
    if (beginning.get().isEmpty()) {
      return RoomPage.of(rooms.ofPublic(viewer, RoomCursor.ofPublic(cursor), most + 1), most);
    }
    RoomCursor.Found after = RoomCursor.found(cursor, beginning.get());
    return RoomPage.of(rooms.search(viewer, beginning.get(), after, most + 1), most);
  }

  private int most(@Nullable Integer limit) {
    int max = settings.roomsListedMax();
    if (limit == null) {
      return Math.min(LIMIT_DEFAULT, max);
    }
    if (limit < 1) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "limit is at least 1.");
    }
    return Math.min(limit, max);
  }

  private static Optional<String> beginning(@Nullable String typed) {
    if (typed == null) {
      return Optional.of("");
    }
    if (typed.codePointCount(0, typed.length()) > Name.ROOM_CHARACTERS_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "q has at most %d characters.".formatted(Name.ROOM_CHARACTERS_MAX));
    }
    return Words.beginning(Name.fromBefore(typed).key());
  }

  private static boolean hasWord(ListedRoom listed, String beginning) {
    return Words.of(Name.fromBefore(listed.room().name()).key()).stream()
        .anyMatch(word -> word.text().startsWith(beginning));
  }
}
