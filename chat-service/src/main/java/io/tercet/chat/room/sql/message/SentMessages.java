package io.tercet.chat.room.sql.message;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.problem.ProblemType;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which messages the log has already, by the ids that their clients chose, during one transaction
/// of it. One id of a person stands for one message of a room.
///
/// Confined to the thread and the transaction that made it.
public final class SentMessages {

  private static final CommandResult ID_REUSED =
      new CommandResult.Rejected(
          ProblemType.CLIENT_MESSAGE_ID_REUSED, "Choose a new clientMessageId for a new message.");

  private final JdbcClient client;
  private final FilesJson json;
  private final Map<SentId, Sent> sent = new HashMap<>();

  private record SentId(RoomId roomId, String personId, String clientMessageId) {

    static SentId of(LogCommand.Post post) {
      return new SentId(post.roomId(), post.person().personId().toString(), post.clientMessageId());
    }

    Object[] columns() {
      return new Object[] {roomId.toString(), personId, clientMessageId};
    }
  }

  /// What a message had when it was sent. A deleted one has nothing left to compare but `replyTo`.
  private record Sent(
      CommandResult.Duplicate place,
      String text,
      @Nullable Long replyTo,
      List<FileReference.Id> files,
      boolean deleted) {

    boolean isSame(LogCommand.Post post) {
      return Objects.equals(post.replyTo(), replyTo)
          && (deleted || (post.text().equals(text) && post.files().equals(files)));
    }
  }

  public SentMessages(JdbcClient client, FilesJson json) {
    this.client = client;
    this.json = json;
  }

  /// Reads the messages that these commands may repeat. All three columns of the unique index are
  /// given, so each id is one step into it. CROSS JOIN makes SQLite take the ids first; both
  /// databases call the columns of VALUES column1, column2 …
  public void read(List<LogCommand> commands) {
    Map<SentId, Object[]> ids = new LinkedHashMap<>();
    for (LogCommand command : commands) {
      if (command instanceof LogCommand.Post post) {
        SentId id = SentId.of(post);
        ids.put(id, id.columns());
      }
    }
    if (ids.isEmpty()) {
      return;
    }
    client
        .sql(
            """
            SELECT room_id, person_id, client_message_id, seq, sent_at, body, reply_to, files,
              deleted
            FROM (VALUES :ids) AS sent CROSS JOIN entry
            WHERE room_id = sent.column1 AND person_id = sent.column2
              AND client_message_id = sent.column3
            """)
        .param("ids", ids.values())
        .query(row -> {
          long replyTo = row.getLong("reply_to");
          boolean isReply = !row.wasNull();
          sent.put(
              new SentId(
                  RoomId.of(row.getString("room_id")),
                  row.getString("person_id"),
                  row.getString("client_message_id")),
              new Sent(
                  new CommandResult.Duplicate(
                      row.getLong("seq"), Instant.ofEpochMilli(row.getLong("sent_at"))),
                  row.getString("body"),
                  isReply ? replyTo : null,
                  MessageFiles.ids(json.readAll(row.getString("files"))),
                  row.getInt("deleted") == 1));
        });
  }

  /// The result of a message whose id was used before; null for a new one.
  public @Nullable CommandResult resultOf(LogCommand.Post post) {
    Sent before = sent.get(SentId.of(post));
    if (before == null) {
      return null;
    }
    return before.isSame(post) ? before.place() : ID_REUSED;
  }

  /// Remembers a message that the batch appends.
  public void add(LogCommand.Post post, long seq, Instant sentAt) {
    sent.put(
        SentId.of(post),
        new Sent(
            new CommandResult.Duplicate(seq, sentAt),
            post.text(),
            post.replyTo(),
            post.files(),
            false));
  }
}
