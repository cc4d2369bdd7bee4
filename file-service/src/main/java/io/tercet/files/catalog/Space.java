package io.tercet.files.catalog;

import java.util.UUID;

/// Whose folder it is: a person's, or a room's.
public sealed interface Space {
  /// How the catalogue names it.
  String key();

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
