package io.tercet.chat.room.sql;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.sql.Memberships.Membership;
import io.tercet.chat.room.sql.direct.DirectRooms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One transaction of the log: a batch of commands, many rooms, in order.
///
/// It first locks the rows of all its rooms, in the order of their ids so that two replicas cannot
/// wait for each other. Until the commit nobody else changes the counter of such a room, so `seq`
/// is consecutive and committed in order. This object remembers what earlier commands of the batch
/// did. So a batch of any size has the same few statements: the lock, a query for the members, one
/// for the message ids and one for the events that were used before, an insert of all entries, an
/// update of all counters, and those of [MessageChanges] and [DirectRooms]. Only a new room has
/// statements of its own, since the database decides about its name.
///
/// Confined to the thread and the transaction that made it.
final class LogTransaction {

  private static final CommandResult NO_ROOM =
      new CommandResult.Rejected(ProblemType.ROOM_NOT_FOUND);
  private static final CommandResult ID_REUSED =
      new CommandResult.Rejected(
          ProblemType.CLIENT_MESSAGE_ID_REUSED, "Choose a new clientMessageId for a new message.");
  private static final CommandResult SAME_PEOPLE =
      new CommandResult.Rejected(ProblemType.DIRECT_CONVERSATION);

  private final JdbcClient client;
  private final String rowLock;
  private final EntryRowMapper rows;
  private final Instant now;
  private final Memberships members;
  private final MessageChanges messages;
  private final DirectRooms direct;
  private final Map<RoomId, @Nullable String> creators = new HashMap<>();
  private final Map<RoomId, Long> lastSeq = new HashMap<>();
  private final Map<SentId, Sent> sentBefore = new HashMap<>();
  private final Map<String, Sent> events = new HashMap<>();
  private final Map<RoomId, Integer> newMembers = new HashMap<>();
  private final Set<PersonId> changed = new HashSet<>();
  private final List<@Nullable Object[]> inserts = new ArrayList<>();

  private record SentId(RoomId roomId, String personId, String clientMessageId) {}

  private record Sent(long seq, Instant sentAt, @Nullable String text, @Nullable Long replyTo) {

    /// Nobody sends an empty text: it is that of a deleted message.
    boolean isSame(LogCommand.Post post) {
      return Objects.equals(post.replyTo(), replyTo)
          && ("".equals(text) || post.text().equals(text));
    }
  }

  /// `rowLock` as [io.tercet.chat.database.Database#rowLock] has it.
  LogTransaction(
      JdbcClient client,
      String rowLock,
      EntryRowMapper rows,
      MessageSettings settings,
      Instant now) {
    this.client = client;
    this.rowLock = rowLock;
    this.rows = rows;
    this.now = now;
    this.members = new Memberships(client);
    this.messages = new MessageChanges(client, rows, settings, now);
    this.direct = new DirectRooms(client);
  }

  List<CommandResult> apply(List<LogCommand> commands) {
    lockRooms(commands);
    readMembers(commands);
    direct.readBlocked(commands);
    readSentIds(commands);
    readEvents(commands);
    messages.read(commands);
    List<CommandResult> outcomes = new ArrayList<>(commands.size());
    for (LogCommand command : commands) {
      outcomes.add(applyOne(command));
    }
    members.write(now);
    EntryRowMapper.insert(client, inserts);
    messages.write();
    writeCounters(outcomes, commands);
    RoomsVersion.raise(client, changed);
    return outcomes;
  }

  private CommandResult applyOne(LogCommand command) {
    if (!lastSeq.containsKey(command.roomId()) && !(command instanceof LogCommand.Create)) {
      return NO_ROOM;
    }
    return switch (command) {
      case LogCommand.Create create -> create(create);
      case LogCommand.MembershipChange change when direct.contains(change.roomId()) ->
          members.contains(membership(change.roomId(), change.person())) ? SAME_PEOPLE : NO_ROOM;
      case LogCommand.Join join -> join(join);
      case LogCommand.Accept accept -> accept(accept);
      case LogCommand.Leave leave -> leave(leave);
      case LogCommand.Post post -> post(post);
      case LogCommand.MessageChange change -> change(change);
      case LogCommand.AddFile(_, var person, var eventId, var file) ->
          addEvent(command, person, eventId, new Entry.FileAdded(file));
      case LogCommand.AddSite(_, var person, var eventId, var site) ->
          addEvent(command, person, eventId, new Entry.SiteChanged(site));
    };
  }

  private CommandResult create(LogCommand.Create create) {
    CommandResult refusal = RoomNames.create(client, create, now);
    if (refusal != null) {
      return refusal;
    }
    lastSeq.put(create.roomId(), 0L);
    if (create.creator() != null) {
      creators.put(create.roomId(), create.creator().personId().toString());
    }
    return create.creator() == null
        ? new CommandResult.Unchanged()
        : join(new LogCommand.Join(create.roomId(), create.creator()));
  }

  private CommandResult join(LogCommand.Join join) {
    Membership membership = membership(join.roomId(), join.person());
    if (members.contains(membership)) {
      return new CommandResult.Unchanged();
    }
    newMembers.merge(join.roomId(), 1, Integer::sum);
    changed.add(join.person().personId());
    CommandResult.Appended written = write(join.roomId(), join.person(), new Entry.Joined(), null);
    members.add(membership, written.entry().seq());
    return written;
  }

  private CommandResult accept(LogCommand.Accept accept) {
    return members.takeInvitation(membership(accept.roomId(), accept.person()))
        ? join(new LogCommand.Join(accept.roomId(), accept.person()))
        : NO_ROOM;
  }

  private CommandResult leave(LogCommand.Leave leave) {
    Membership membership = membership(leave.roomId(), leave.person());
    if (!members.contains(membership)) {
      return new CommandResult.Unchanged();
    }
    members.remove(membership);
    newMembers.merge(leave.roomId(), -1, Integer::sum);
    changed.add(leave.person().personId());
    return write(leave.roomId(), leave.person(), new Entry.Left(), null);
  }

  private CommandResult post(LogCommand.Post post) {
    if (!members.contains(membership(post.roomId(), post.person()))) {
      return NO_ROOM;
    }
    SentId id = sentId(post);
    Sent before = sentBefore.get(id);
    if (before != null) {
      return before.isSame(post)
          ? new CommandResult.Duplicate(before.seq(), before.sentAt())
          : ID_REUSED;
    }
    CommandResult blocked = direct.refusal(post);
    CommandResult without = blocked == null ? messages.withoutEntry(post) : blocked;
    if (without != null) {
      return without;
    }
    Entry.Message message = new Entry.Message(post.clientMessageId(), post.text(), post.replyTo());
    CommandResult.Appended written = write(post.roomId(), post.person(), message, null);
    sentBefore.put(id, new Sent(written.entry().seq(), now, post.text(), post.replyTo()));
    return written;
  }

  private CommandResult change(LogCommand.MessageChange change) {
    Role role = role(change.roomId(), change.person());
    if (role == null) {
      return NO_ROOM;
    }
    CommandResult blocked = direct.refusal(change);
    CommandResult without = blocked == null ? messages.withoutEntry(change, role) : blocked;
    return without == null
        ? write(change.roomId(), change.person(), content(change), null)
        : without;
  }

  private static Entry.Content content(LogCommand.MessageChange change) {
    long target = change.targetSeq();
    return switch (change) {
      case LogCommand.Edit edit -> new Entry.Edited(target, edit.text());
      case LogCommand.Delete _ -> new Entry.Deleted(target);
      case LogCommand.React react -> new Entry.Reacted(target, react.emoji());
      case LogCommand.Unreact unreact -> new Entry.Unreacted(target, unreact.emoji());
      case LogCommand.Pin _ -> new Entry.Pinned(target);
      case LogCommand.Unpin _ -> new Entry.Unpinned(target);
    };
  }

  private @Nullable Role role(RoomId roomId, Person person) {
    return members.contains(membership(roomId, person))
        ? Role.ofMember(person.personId(), creators.get(roomId))
        : null;
  }

  /// What a blocked person adds to a conversation stays out of its log, for good.
  private CommandResult addEvent(
      LogCommand command, Person person, String eventId, Entry.Content content) {
    Sent before = events.get(eventId);
    if (before != null) {
      return new CommandResult.Duplicate(before.seq(), before.sentAt());
    }
    if (direct.refusal(command) != null) {
      return NO_ROOM;
    }
    CommandResult.Appended written = write(command.roomId(), person, content, eventId);
    events.put(eventId, new Sent(written.entry().seq(), now, null, null));
    return written;
  }

  private CommandResult.Appended write(
      RoomId roomId, Person person, Entry.Content content, @Nullable String eventId) {
    long seq = lastSeq.merge(roomId, 1L, Long::sum);
    Entry entry =
        new Entry(seq, person.personId(), person.name(), person.displayName(), now, content);
    inserts.add(rows.values(roomId, entry, eventId));
    messages.appended(roomId, entry);
    return new CommandResult.Appended(entry, admit(roomId));
  }

  /// Everybody in a direct conversation is a member once there is something to read.
  private List<PersonId> admit(RoomId roomId) {
    List<PersonId> admitted = members.addMissing(roomId, direct.people(roomId));
    newMembers.merge(roomId, admitted.size(), Integer::sum);
    changed.addAll(admitted);
    return admitted;
  }

  /// A database without locks of rows has one writer. `ORDER BY` is done before the locks are
  /// taken.
  private void lockRooms(List<LogCommand> commands) {
    Set<String> rooms = new TreeSet<>();
    commands.forEach(command -> rooms.add(command.roomId().toString()));
    client
        .sql(
            "SELECT room_id, last_seq, creator_id, direct_people FROM room"
                + " WHERE room_id IN (:ids) ORDER BY room_id"
                + rowLock)
        .param("ids", rooms)
        .query(row -> {
          RoomId roomId = RoomId.of(row.getString("room_id"));
          lastSeq.put(roomId, row.getLong("last_seq"));
          creators.put(roomId, row.getString("creator_id"));
          direct.add(roomId, row.getString("direct_people"));
        });
  }

  private void readMembers(List<LogCommand> commands) {
    Set<Membership> asked = new LinkedHashSet<>();
    Set<Membership> coming = new LinkedHashSet<>();
    for (LogCommand command : commands) {
      if (lastSeq.containsKey(command.roomId())) {
        switch (command) {
          case LogCommand.Leave(var roomId, var person) -> asked.add(membership(roomId, person));
          case LogCommand.MembershipChange change ->
              coming.add(membership(change.roomId(), change.person()));
          case LogCommand.Post post -> asked.add(membership(post.roomId(), post.person()));
          case LogCommand.MessageChange change ->
              asked.add(membership(change.roomId(), change.person()));
          case LogCommand.Create _, LogCommand.AddFile _, LogCommand.AddSite _ -> {}
        }
        direct
            .people(command.roomId())
            .forEach(personId -> asked.add(new Membership(command.roomId(), personId)));
      }
    }
    asked.addAll(coming);
    members.read(asked);
    members.endInvitations(coming);
  }

  private void readSentIds(List<LogCommand> commands) {
    Map<SentId, Object[]> ids = new LinkedHashMap<>();
    for (LogCommand command : commands) {
      if (command instanceof LogCommand.Post post && lastSeq.containsKey(post.roomId())) {
        SentId id = sentId(post);
        ids.put(id, new Object[] {id.roomId().toString(), id.personId(), id.clientMessageId()});
      }
    }
    if (!ids.isEmpty()) {
      readSentIds(ids.values());
    }
  }

  /// All three columns of the unique index are given, so each id is one step into it. CROSS JOIN
  /// makes SQLite take the ids first; both databases call the columns of VALUES column1, column2 …
  private void readSentIds(Collection<Object[]> ids) {
    client
        .sql(
            """
            SELECT room_id, person_id, client_message_id, seq, sent_at, body, reply_to
            FROM (VALUES :ids) AS sent CROSS JOIN entry
            WHERE room_id = sent.column1 AND person_id = sent.column2
              AND client_message_id = sent.column3
            """)
        .param("ids", ids)
        .query(row -> {
          sentBefore.put(
              new SentId(
                  RoomId.of(row.getString("room_id")),
                  row.getString("person_id"),
                  row.getString("client_message_id")),
              new Sent(
                  row.getLong("seq"),
                  Instant.ofEpochMilli(row.getLong("sent_at")),
                  row.getString("body"),
                  EntryRowMapper.place(row, "reply_to")));
        });
  }

  private void readEvents(List<LogCommand> commands) {
    Set<String> ids = new LinkedHashSet<>();
    for (LogCommand command : commands) {
      switch (command) {
        case LogCommand.AddFile file -> ids.add(file.eventId());
        case LogCommand.AddSite site -> ids.add(site.eventId());
        default -> {}
      }
    }
    if (!ids.isEmpty()) {
      client
          .sql("SELECT event_id, seq, sent_at FROM entry WHERE event_id IN (:ids)")
          .param("ids", ids)
          .query(row -> {
            Instant sentAt = Instant.ofEpochMilli(row.getLong("sent_at"));
            events.put(row.getString("event_id"), new Sent(row.getLong("seq"), sentAt, null, null));
          });
    }
  }

  private void writeCounters(List<CommandResult> outcomes, List<LogCommand> commands) {
    // Later outcomes of a room overwrite earlier ones: the newest `seq` stays.
    Map<RoomId, Long> newest = new TreeMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof CommandResult.Appended(Entry entry, _)) {
        newest.put(commands.get(i).roomId(), entry.seq());
      }
    }
    if (newest.isEmpty()) {
      return;
    }
    List<Object[]> counters = new ArrayList<>(newest.size());
    newest.forEach((roomId, seq) ->
        counters.add(new Object[] {roomId.toString(), seq, newMembers.getOrDefault(roomId, 0)}));
    client
        .sql(
            """
            UPDATE room SET last_seq = counted.column2,
              member_count = member_count + counted.column3
            FROM (VALUES :counters) AS counted WHERE room_id = counted.column1
            """)
        .param("counters", counters)
        .update();
  }

  private static Membership membership(RoomId roomId, Person person) {
    return new Membership(roomId, person.personId());
  }

  private static SentId sentId(LogCommand.Post post) {
    return new SentId(post.roomId(), post.person().personId().toString(), post.clientMessageId());
  }
}
