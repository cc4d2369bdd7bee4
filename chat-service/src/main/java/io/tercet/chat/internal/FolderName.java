package io.tercet.chat.internal;

import io.tercet.chat.room.Room;
import java.nio.charset.StandardCharsets;

/// The name of a room's folder, for one person.
///
/// That of a direct conversation is `@` and the names of the others, such as `@grace, joan`. No
/// name of a room begins with `@`, and a name of a person is one person's, so the folders of a
/// person have different names as far as their rooms have.
final class FolderName {

  /// A file system takes 255 bytes.
  private static final int BYTES_MAX = 200;

  private static final int ID_CHARACTERS = 8;

  private FolderName() {}

  static String of(Room room) {
    if (!room.isDirect()) {
      return room.name();
    }
    String name = "@" + room.name();
    return bytes(name) <= BYTES_MAX ? name : shortened(name, room);
  }

  /// Two long names may begin alike: the id tells them apart.
  private static String shortened(String name, Room room) {
    String end = "… " + room.roomId().toString().substring(0, ID_CHARACTERS);
    int length = name.length();
    while (bytes(name.substring(0, length)) + bytes(end) > BYTES_MAX) {
      length = name.offsetByCodePoints(length, -1);
    }
    return name.substring(0, length) + end;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
