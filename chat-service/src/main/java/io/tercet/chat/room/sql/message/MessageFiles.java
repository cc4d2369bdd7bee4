package io.tercet.chat.room.sql.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Confirmed files, and the messages that take them, during one transaction of the log.
///
/// It reads the files of all messages of a batch with one statement and notes which are taken with
/// another; there are none if no message has files. The lock of the room keeps two messages from
/// taking one file. What housekeeping removes meanwhile stays in the message that took it.
///
/// Confined to the thread and the transaction that made it.
public final class MessageFiles {

  /// Most bytes of what one message says of its files, as JSON.
  private static final int FILES_BYTES_MAX = 16 * 1024;

  private final JdbcClient client;
  private final FilesJson json;
  private final Map<FileReference.Id, Confirmed> confirmed = new HashMap<>();
  private final List<Object[]> taken = new ArrayList<>();

  /// `file` is null once a message has it.
  private record Confirmed(RoomId roomId, PersonId uploader, @Nullable FileReference file) {}

  public MessageFiles(JdbcClient client, FilesJson json) {
    this.client = client;
    this.json = json;
  }

  /// Which files these are, in their order.
  public static List<FileReference.Id> ids(List<FileReference> files) {
    return files.stream()
        .map(file -> new FileReference.Id(file.fileId(), Objects.requireNonNull(file.version())))
        .toList();
  }

  /// Reads the files of the messages among these commands. Each is one step into the primary key.
  public void read(List<LogCommand> commands) {
    Set<FileReference.Id> ids = new LinkedHashSet<>();
    for (LogCommand command : commands) {
      if (command instanceof LogCommand.Post post) {
        ids.addAll(post.files());
      }
    }
    if (ids.isEmpty()) {
      return;
    }
    client
        .sql(
            """
            SELECT file_id, version, room_id, person_id, file
            FROM (VALUES :asked) AS asked CROSS JOIN confirmed_file
            WHERE file_id = asked.column1 AND version = asked.column2
            """)
        .param("asked", ids.stream().map(id -> new Object[] {id.fileId(), id.version()}).toList())
        .query(row -> {
          FileReference.Id id =
              new FileReference.Id(row.getString("file_id"), row.getInt("version"));
          String file = row.getString("file");
          confirmed.put(
              id,
              new Confirmed(
                  RoomId.of(row.getString("room_id")),
                  PersonId.of(row.getString("person_id")),
                  file == null ? null : json.read(file)));
        });
  }

  /// The result of a member's message that appends nothing because of its files; null for one that
  /// can have them.
  public @Nullable CommandResult withoutEntry(LogCommand.Post post) {
    for (FileReference.Id id : post.files()) {
      Confirmed file = confirmed.get(id);
      if (file == null || !file.roomId().equals(post.roomId())) {
        return refused(
            ProblemType.FILE_NOT_CONFIRMED,
            "A file was stored a moment ago, or too long ago: then store it again.");
      }
      if (!file.uploader().equals(post.person().personId())) {
        return refused(ProblemType.UPLOADER_ONLY, ProblemType.UPLOADER_ONLY.title());
      }
      if (file.file() == null) {
        return refused(ProblemType.FILE_IN_MESSAGE, "Store it again to send it again.");
      }
    }
    String files = json.writeAll(of(post));
    return files == null || files.getBytes(UTF_8).length <= FILES_BYTES_MAX
        ? null
        : refused(ProblemType.TOO_LARGE, "The paths of these files are too long for one message.");
  }

  private static CommandResult refused(ProblemType type, String detail) {
    return new CommandResult.Rejected(type, detail);
  }

  /// The files of a message for which [#withoutEntry] returned null.
  public List<FileReference> of(LogCommand.Post post) {
    return post.files().stream()
        .map(id -> Objects.requireNonNull(Objects.requireNonNull(confirmed.get(id)).file()))
        .toList();
  }

  /// Remembers that the message at this place has its files.
  public void take(LogCommand.Post post, long seq) {
    for (FileReference.Id id : post.files()) {
      confirmed.put(id, new Confirmed(post.roomId(), post.person().personId(), null));
      taken.add(new Object[] {id.fileId(), id.version(), seq});
    }
  }

  /// Notes which files have a message. What the message says of them is only there: it goes with
  /// the message.
  public void write() {
    if (taken.isEmpty()) {
      return;
    }
    client
        .sql(
            """
            UPDATE confirmed_file SET seq = taken.column3, file = NULL
            FROM (VALUES :taken) AS taken
            WHERE file_id = taken.column1 AND version = taken.column2
            """)
        .param("taken", taken)
        .update();
  }
}
