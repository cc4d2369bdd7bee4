package io.tercet.chat.room.sql.direct;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.direct.DirectPeople;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The direct conversations among the rooms of one transaction of the log, and who may not write in
/// them.
///
/// Confined to the thread and the transaction that made it.
public final class DirectRooms {

  private static final CommandResult BLOCKED =
      new CommandResult.Rejected(
          ProblemType.MESSAGES_BLOCKED, ProblemType.MESSAGES_BLOCKED.title());

  private final JdbcClient client;
  private final Map<RoomId, DirectPeople> conversations = new HashMap<>();
  private final Set<Pair> blocked = new HashSet<>();

  /// Somebody, and the person who may have blocked them.
  private record Pair(String blockerId, String writerId) {}

  public DirectRooms(JdbcClient client) {
    this.client = client;
  }

  /// Adds a room, whose rows this transaction has locked, if the key says that it is one.
  public void add(RoomId roomId, @Nullable String key) {
    if (key != null) {
      conversations.put(roomId, DirectPeople.ofKey(key));
    }
  }

  /// Whether a room is a direct conversation.
  public boolean contains(RoomId roomId) {
    return conversations.containsKey(roomId);
  }

  /// Everybody in a direct conversation; nobody for another room.
  public List<PersonId> people(RoomId roomId) {
    DirectPeople people = conversations.get(roomId);
    return people == null ? List.of() : people.ids();
  }

  /// Reads which of those who write in conversations of two the other one has blocked. Each is one
  /// step into the index. It reads nothing if nobody writes in such a room.
  ///
  /// Blocking locks the conversation: after it no message of the blocked person is committed.
  public void readBlocked(List<LogCommand> commands) {
    Set<Pair> asked = new LinkedHashSet<>();
    for (LogCommand command : commands) {
      Pair pair = pair(command);
      if (pair != null) {
        asked.add(pair);
      }
    }
    if (!asked.isEmpty()) {
      client
          .sql(
              """
              SELECT person_id, inviter_id FROM (VALUES :asked) AS asked CROSS JOIN blocked_inviter
              WHERE person_id = asked.column1 AND inviter_id = asked.column2
              """)
          .param(
              "asked",
              asked.stream().map(each -> new Object[] {each.blockerId(), each.writerId()}).toList())
          .query(row -> {
            blocked.add(new Pair(row.getString("person_id"), row.getString("inviter_id")));
          });
    }
  }

  /// Why the person of this command may not write in its room; null if they may.
  public @Nullable CommandResult refusal(LogCommand command) {
    Pair pair = pair(command);
    return pair != null && blocked.contains(pair) ? BLOCKED : null;
  }

  private @Nullable Pair pair(LogCommand command) {
    PersonId writer = writer(command);
    DirectPeople people = conversations.get(command.roomId());
    if (writer == null || people == null || people.ids().size() != 2) {
      return null;
    }
    List<PersonId> others = people.others(writer);
    return others.size() == 1 ? new Pair(others.getFirst().toString(), writer.toString()) : null;
  }

  /// Who adds something that the others get; null if the command takes something back, or nothing.
  private static @Nullable PersonId writer(LogCommand command) {
    return switch (command) {
      case LogCommand.Post post -> post.person().personId();
      case LogCommand.Edit edit -> edit.person().personId();
      case LogCommand.React react -> react.person().personId();
      case LogCommand.Pin pin -> pin.person().personId();
      case LogCommand.AddFile file -> file.person().personId();
      case LogCommand.AddSite site -> site.person().personId();
      case LogCommand.Delete _,
          LogCommand.Unreact _,
          LogCommand.Unpin _,
          LogCommand.Create _,
          LogCommand.Join _,
          LogCommand.Accept _,
          LogCommand.Leave _ ->
          null;
    };
  }
}
