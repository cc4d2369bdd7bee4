package io.tercet.chat.kills;

import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.Visibility;

/// A change of rooms, of which a kill leaves everything or nothing.
enum Change {
  SEND {
    @Override
    void make(RoomsWithoutDoors chat) {
      chat.rooms().postAndWait(chat.room("talk"), RoomsWithoutDoors.GRACE, "sent", "hello", null);
    }
  },
  JOIN {
    @Override
    void make(RoomsWithoutDoors chat) {
      chat.rooms().join(chat.room("plans"), RoomsWithoutDoors.GRACE);
    }
  },
  LEAVE {
    @Override
    void make(RoomsWithoutDoors chat) {
      chat.rooms().leave(chat.room("talk"), RoomsWithoutDoors.GRACE);
    }
  },
  CREATE {
    @Override
    void make(RoomsWithoutDoors chat) {
      chat.rooms().create(RoomsWithoutDoors.ADA, "created", "", Visibility.PUBLIC);
    }
  },
  ADD_FILE {
    @Override
    void make(RoomsWithoutDoors chat) {
      FileReference file = new FileReference("f", 1, "plan.pdf", "plan.pdf", 5, "ab", "a/b");
      chat.rooms().addFile(chat.room("talk"), RoomsWithoutDoors.GRACE, "event", file);
    }
  };

  abstract void make(RoomsWithoutDoors chat);
}
