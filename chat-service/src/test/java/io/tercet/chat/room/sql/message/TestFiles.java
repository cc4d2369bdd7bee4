package io.tercet.chat.room.sql.message;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.room.file.ConfirmedFileStore;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/// Files for tests of messages that have some.
public final class TestFiles {

  private TestFiles() {}

  public static ConfirmedFileStore store(Database database) {
    return new JdbcConfirmedFileStore(database, JsonMapper.builder().build());
  }

  /// A picture whose name, in Chinese, has the id in it.
  public static FileReference file(String fileId, int version) {
    String name = "图 " + fileId + ".png";
    String path = "pictures/" + name;
    return new FileReference(fileId, version, path, name, 5, "ab", "image/png", 1_600, 900);
  }

  public static FileReference.Id id(FileReference file) {
    return new FileReference.Id(file.fileId(), Objects.requireNonNull(file.version()));
  }
}
