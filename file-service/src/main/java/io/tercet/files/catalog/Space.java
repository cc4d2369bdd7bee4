package io.tercet.files.catalog;

import java.util.UUID;

/// A tree of folders that belongs to one person or to one room.
public sealed interface Space {
  /// Its key in the catalogue.
  String key();

  /// The space of a key.
  static Space of(String key) {
    UUID owner = UUID.fromString(key.substring(key.indexOf('/') + 1));
    return key.startsWith("rooms/") ? new Room(owner) : new Home(owner);
  }

  /// A person's own folder.
  record Home(UUID personId) implements Space {
    @Override
    public String key() {
      return "people/" + personId;
    }
  }

  /// The folder of a room, for its members.
  record Room(UUID roomId) implements Space {
    @Override
    public String key() {
      return "rooms/" + roomId;
    }
  }
}
