package io.tercet.files.kills;

/// A change of files or sites, of which a kill leaves everything or nothing.
enum Change {
  UPLOAD {
    @Override
    void make(FilesWithoutDoors files) {
      files.put(files.room(), "a/b/uploaded", "uploaded");
    }
  },
  REPLACEMENT {
    @Override
    void make(FilesWithoutDoors files) {
      files.put(files.room(), "replaced", "new");
    }
  },
  MOVE_INTO_A_ROOM {
    @Override
    void make(FilesWithoutDoors files) {
      files.move(files.home(), "from/moved", files.room(), "to/deep/moved");
    }
  },
  MOVE_THAT_REPLACES {
    @Override
    void make(FilesWithoutDoors files) {
      files.move(files.home(), "newer", files.home(), "older");
    }
  },
  DELETION {
    @Override
    void make(FilesWithoutDoors files) {
      files.delete(files.room(), "kept/gone");
    }
  },
  FIRST_PUBLICATION {
    @Override
    void make(FilesWithoutDoors files) {
      files.publish("first", "web");
    }
  },
  LATER_PUBLICATION {
    @Override
    void make(FilesWithoutDoors files) {
      files.publish("later", "web");
    }
  },
  TAKE_DOWN {
    @Override
    void make(FilesWithoutDoors files) {
      files.takeDown("shown");
    }
  };

  abstract void make(FilesWithoutDoors files);

  /// Makes what the changes begin with.
  static void prepare(FilesWithoutDoors files) {
    files.put(files.room(), "replaced", "old");
    files.put(files.room(), "kept/gone/x", "x");
    files.put(files.home(), "from/moved", "moved");
    files.put(files.home(), "newer", "newer");
    files.put(files.home(), "older", "older");
    files.put(files.home(), "web/index.html", "index");
    files.publish("later", "web");
    files.publish("shown", "web");
    files.put(files.home(), "web/two.html", "two");
    files.put(files.home(), "web/three.html", "three");
  }
}
