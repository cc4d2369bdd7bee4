package io.tercet.chat.room.sql.sent;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.sql.file.FilesJson;
import io.tercet.chat.room.sql.file.MessageFiles;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The messages and events that came before under the same ids, during one transaction of the log.
///
/// It reads the ids of a batch with two statements before the first command, and remembers what the
/// batch appends.
///
/// Confined to the thread and the transaction that made it.
public final class SentBefore {

  private static final CommandResult ID_REUSED =
      new CommandResult.Rejected(
          ProblemType.CLIENT_MESSAGE_ID_REUSED, "Choose a new clientMessageId for a new message.");

  private final JdbcClient client;
  private final FilesJson files;
  private final Map<MessageId, Sent> messages = new HashMap<>();
  private final Map<String, CommandResult> events = new HashMap<>();

  private record MessageId(RoomId roomId, String personId, String clientMessageId) {

    static MessageId of(LogCommand.Post post) {
      return new MessageId(
          post.roomId(), post.person().personId().toString(), post.clientMessageId());
    }

    Object[] key() {
      return new Object[] {roomId.toString(), personId, clientMessageId};
    }
  }

  /// What a message had when it was sent. A deleted one has nothing left to compare but `replyTo`.
  private record Sent(
      CommandResult.Duplicate duplicate,
      String text,
      @Nullable Long replyTo,
      List<FileReference.Id> files,
      boolean deleted) {

    boolean isSame(LogCommand.Post post) {
      return Objects.equals(post.replyTo(), replyTo)
          && (deleted || (post.text().equals(text) && post.files().equals(files)));
    }
  }

  public SentBefore(JdbcClient client, FilesJson files) {
    this.client = client;
    this.files = files;
  }

  /// Reads what came before under the ids of these commands, whose rooms are there.
  public void read(Collection<LogCommand> commands) {
    Map<MessageId, Object[]> messageIds = new LinkedHashMap<>();
    Set<String> eventIds = new LinkedHashSet<>();
    for (LogCommand command : commands) {
      switch (command) {
        case LogCommand.Post post -> messageIds.put(MessageId.of(post), MessageId.of(post).key());
        case LogCommand.AddFile file -> eventIds.add(file.eventId());
        case LogCommand.AddSite site -> eventIds.add(site.eventId());
        default -> {}
      }
    }
    if (!messageIds.isEmpty()) {
      readMessages(messageIds.values());
    }
    if (!eventIds.isEmpty()) {
      readEvents(eventIds);
    }
  }

  /// All three columns of the unique index are given, so each id is one step into it. CROSS JOIN
  /// makes SQLite take the ids first; both databases call the columns of VALUES column1, column2 …
  private void readMessages(Collection<Object[]> ids) {
    client
        .sql(
            """
            SELECT room_id, person_id, client_message_id, seq, sent_at, body, reply_to, files,
              deleted
            FROM (VALUES :ids) AS sent CROSS JOIN entry
            WHERE room_id = sent.column1 AND person_id = sent.column2
              AND client_message_id = sent.column3
            """)
        .param("ids", ids)
        .query(row -> {
          long replyTo = row.getLong("reply_to");
          messages.put(
              new MessageId(
                  RoomId.of(row.getString("room_id")),
                  row.getString("person_id"),
                  row.getString("client_message_id")),
              new Sent(
                  duplicate(row.getLong("seq"), Instant.ofEpochMilli(row.getLong("sent_at"))),
                  row.getString("body"),
                  replyTo == 0 ? null : Long.valueOf(replyTo),
                  MessageFiles.ids(files.readAll(row.getString("files"))),
                  row.getInt("deleted") == 1));
        });
  }

  private void readEvents(Set<String> ids) {
    client
        .sql("SELECT event_id, seq, sent_at FROM entry WHERE event_id IN (:ids)")
        .param("ids", ids)
        .query(row -> {
          Instant sentAt = Instant.ofEpochMilli(row.getLong("sent_at"));
          events.put(row.getString("event_id"), duplicate(row.getLong("seq"), sentAt));
        });
  }

  /// The result of a message whose id was used before; null for one with a new id.
  public @Nullable CommandResult result(LogCommand.Post post) {
    Sent before = messages.get(MessageId.of(post));
    if (before == null) {
      return null;
    }
    return before.isSame(post) ? before.duplicate() : ID_REUSED;
  }

  /// The result of an event that the log has already; null for a new one.
  public @Nullable CommandResult result(String eventId) {
    return events.get(eventId);
  }

  /// Remembers a message that the batch appends.
  public void add(LogCommand.Post post, long seq, Instant now) {
    messages.put(
        MessageId.of(post),
        new Sent(duplicate(seq, now), post.text(), post.replyTo(), post.files(), false));
  }

  /// Remembers an event that the batch appends.
  public void add(String eventId, long seq, Instant now) {
    events.put(eventId, duplicate(seq, now));
  }

  private static CommandResult.Duplicate duplicate(long seq, Instant sentAt) {
    return new CommandResult.Duplicate(seq, sentAt);
  }
}
