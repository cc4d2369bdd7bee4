package io.tercet.chat.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a list of rooms.
///
/// @param next the cursor of the next page; null at the end of the list
public record RoomPage(List<Room> rooms, @Nullable String next) {

  public RoomPage {
    rooms = List.copyOf(rooms);
  }

  /// The first `limit` of the rooms; those after them only show that there are more.
  static RoomPage of(List<ListedRoom> found, int limit) {
    boolean more = found.size() > limit;
    List<ListedRoom> page = more ? found.subList(0, limit) : found;
    return new RoomPage(
        page.stream().map(ListedRoom::room).toList(), more ? page.getLast().cursor().text() : null);
  }
}
