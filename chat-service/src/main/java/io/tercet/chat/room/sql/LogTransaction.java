package io.tercet.chat.room.sql;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.sql.Memberships.Membership;
import io.tercet.chat.room.sql.message.MessageFiles;
import io.tercet.chat.room.sql.message.SentMessages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
/// update of all counters, and those of [MessageChanges] and [MessageFiles]. Only a new room has
/// statements of its own, since the database decides about its name.
///
/// Confined to the thread and the transaction that made it.
final class LogTransaction {

  private static final CommandResult NO_ROOM =
      new CommandResult.Rejected(ProblemType.ROOM_NOT_FOUND, ProblemType.ROOM_NOT_FOUND.title());
  private final JdbcClient client;
  private final String rowLock;
  private final EntryRowMapper rows;
  private final Instant now;
  private final Memberships members;
  private final MessageChanges messages;
  private final SentMessages sent;
  private final MessageFiles files;
  private final Map<RoomId, @Nullable String> creators = new HashMap<>();
  private final Map<RoomId, Long> lastSeq = new HashMap<>();
  private final Map<String, CommandResult.Duplicate> events = new HashMap<>();
  private final Map<RoomId, Integer> newMembers = new HashMap<>();
  private final Set<PersonId> changed = new HashSet<>();
  private final List<@Nullable Object[]> inserts = new ArrayList<>();

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
    this.sent = new SentMessages(client, rows.files());
    this.files = new MessageFiles(client, rows.files());
  }

  List<CommandResult> apply(List<LogCommand> commands) {
    lockRooms(commands);
    readMembers(commands);
    sent.read(commands);
    readEvents(commands);
    messages.read(commands);
    files.read(commands);
    List<CommandResult> outcomes = new ArrayList<>(commands.size());
    for (LogCommand command : commands) {
      outcomes.add(applyOne(command));
    }
    members.write(now);
    EntryRowMapper.insert(client, inserts);
    messages.write();
    files.write();
    writeCounters(outcomes, commands);
    RoomsVersion.raise(client, changed);
    return outcomes;
  }

  private CommandResult applyOne(LogCommand command) {
    if (command instanceof LogCommand.Create create) {
      return create(create);
    }
    if (!lastSeq.containsKey(command.roomId())) {
      return NO_ROOM;
    }
    return switch (command) {
      case LogCommand.Create create -> create(create);
      case LogCommand.Join join -> join(join);
      case LogCommand.Accept accept -> accept(accept);
      case LogCommand.Leave leave -> leave(leave);
      case LogCommand.Post post -> post(post);
      case LogCommand.MessageChange change -> change(change);
      case LogCommand.AddFile(var roomId, var person, var eventId, var file) ->
          addEvent(roomId, person, eventId, new Entry.FileAdded(file));
      case LogCommand.AddSite(var roomId, var person, var eventId, var site) ->
          addEvent(roomId, person, eventId, new Entry.SiteChanged(site));
    };
  }

  private CommandResult create(LogCommand.Create create) {
    boolean isPublic = create.visibility() == Visibility.PUBLIC;
    CommandResult refusal =
        isPublic ? RoomNames.claim(client, create.roomId(), create.name()) : null;
    if (refusal != null) {
      return refusal;
    }
    int made =
        client
            .sql(
                """
                INSERT INTO room
                  (room_id, name, name_key, topic, visibility, last_seq, created_at, creator_id)
                VALUES (:id, :name, :key, :topic, :visibility, 0, :now, :creator)
                ON CONFLICT (name_key) DO NOTHING
                """)
            .param("id", create.roomId().toString())
            .param("name", create.name().shown())
            .param("key", isPublic ? create.name().key() : null)
            .param("topic", create.topic())
            .param("visibility", create.visibility().name())
            .param("now", now.toEpochMilli())
            .param(
                "creator", create.creator() == null ? null : create.creator().personId().toString())
            .update();
    if (made == 0) {
      RoomNames.release(client, create.roomId(), create.name());
      return RoomNames.NAME_TAKEN;
    }
    if (isPublic) {
      RoomNames.addWords(client, create.roomId().toString(), create.name());
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
    CommandResult without = sent.resultOf(post);
    if (without == null) {
      without = messages.withoutEntry(post);
    }
    if (without == null) {
      without = files.withoutEntry(post);
    }
    if (without != null) {
      return without;
    }
    Entry.Message message =
        new Entry.Message(post.clientMessageId(), post.text(), post.replyTo(), files.of(post));
    CommandResult.Appended written = write(post.roomId(), post.person(), message, null);
    long seq = written.entry().seq();
    files.take(post, seq);
    sent.add(post, seq, now);
    return written;
  }

  private CommandResult change(LogCommand.MessageChange change) {
    Role role = role(change.roomId(), change.person());
    if (role == null) {
      return NO_ROOM;
    }
    CommandResult without = messages.withoutEntry(change, role);
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

  private CommandResult addEvent(
      RoomId roomId, Person person, String eventId, Entry.Content content) {
    CommandResult.Duplicate before = events.get(eventId);
    if (before != null) {
      return before;
    }
    CommandResult.Appended written = write(roomId, person, content, eventId);
    events.put(eventId, new CommandResult.Duplicate(written.entry().seq(), now));
    return written;
  }

  private CommandResult.Appended write(
      RoomId roomId, Person person, Entry.Content content, @Nullable String eventId) {
    long seq = lastSeq.merge(roomId, 1L, Long::sum);
    Entry entry =
        new Entry(seq, person.personId(), person.name(), person.displayName(), now, content);
    inserts.add(rows.values(roomId, entry, eventId));
    messages.appended(roomId, entry);
    return new CommandResult.Appended(entry);
  }

  /// A database without locks of rows has one writer. `ORDER BY` is done before the locks are
  /// taken.
  private void lockRooms(List<LogCommand> commands) {
    Set<String> rooms = new TreeSet<>();
    commands.forEach(command -> rooms.add(command.roomId().toString()));
    client
        .sql(
            "SELECT room_id, last_seq, creator_id FROM room WHERE room_id IN (:ids)"
                + " ORDER BY room_id"
                + rowLock)
        .param("ids", rooms)
        .query(row -> {
          RoomId roomId = RoomId.of(row.getString("room_id"));
          lastSeq.put(roomId, row.getLong("last_seq"));
          creators.put(roomId, row.getString("creator_id"));
        });
  }

  private void readMembers(List<LogCommand> commands) {
    Set<Membership> asked = new LinkedHashSet<>();
    Set<Membership> coming = new LinkedHashSet<>();
    for (LogCommand command : commands) {
      if (lastSeq.containsKey(command.roomId())) {
        switch (command) {
          case LogCommand.Join(var roomId, var person) -> coming.add(membership(roomId, person));
          case LogCommand.Accept(var roomId, var person) -> coming.add(membership(roomId, person));
          case LogCommand.Leave(var roomId, var person) -> asked.add(membership(roomId, person));
          case LogCommand.Post post -> asked.add(membership(post.roomId(), post.person()));
          case LogCommand.MessageChange change ->
              asked.add(membership(change.roomId(), change.person()));
          case LogCommand.Create _, LogCommand.AddFile _, LogCommand.AddSite _ -> {}
        }
      }
    }
    asked.addAll(coming);
    members.read(asked);
    members.endInvitations(coming);
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
            events.put(
                row.getString("event_id"), new CommandResult.Duplicate(row.getLong("seq"), sentAt));
          });
    }
  }

  private void writeCounters(List<CommandResult> outcomes, List<LogCommand> commands) {
    // Later outcomes of a room overwrite earlier ones: the newest `seq` stays.
    Map<RoomId, Long> newest = new TreeMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof CommandResult.Appended(Entry entry)) {
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
}
