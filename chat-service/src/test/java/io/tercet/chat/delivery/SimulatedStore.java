package io.tercet.chat.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.tercet.chat.history.LogEntry;
import io.tercet.chat.history.Marks;
import io.tercet.chat.history.ShownEntry;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogModel;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one database of all simulated replicas, in memory, by the rules of the real one. Each call
/// is one step; [#onRead] runs between what was read and who gets it.
final class SimulatedStore implements LogReader {

  private static final CommandResult NO_ROOM =
      new CommandResult.Rejected(ProblemType.ROOM_NOT_FOUND, "There is no such room.");
  private static final CommandResult ID_REUSED =
      new CommandResult.Rejected(ProblemType.CLIENT_MESSAGE_ID_REUSED, "Another text has this id.");

  private final Map<RoomId, Log> logs = new LinkedHashMap<>();

  /// Lets others do something after a read; throws if the read shall fail.
  Runnable onRead = () -> {};

  private static final class Log {
    final List<Entry> entries = new ArrayList<>();
    final Set<PersonId> members = new HashSet<>();
    final Map<String, Entry> sent = new HashMap<>();

    CommandResult append(Person person, Entry.Content content, Instant now) {
      Entry entry = new Entry(entries.size() + 1, person.personId(), person.name(), now, content);
      entries.add(entry);
      return new CommandResult.Appended(entry);
    }

    @Nullable CurrentEntry message(PersonId viewer, long seq) {
      return LogModel.current(entries, viewer, seq, seq).stream()
          .filter(current -> current.entry().content() instanceof Entry.Message)
          .findFirst()
          .orElse(null);
    }
  }

  void create(RoomId roomId) {
    logs.put(roomId, new Log());
  }

  /// Commits a batch.
  List<CommandResult> commit(List<LogCommand> commands, Instant now) {
    return commands.stream().map(command -> commit(command, now)).toList();
  }

  private CommandResult commit(LogCommand command, Instant now) {
    Log log = logs.get(command.roomId());
    return switch (command) {
      case LogCommand.Join(_, Person person) ->
          log.members.add(person.personId())
              ? log.append(person, new Entry.Joined(), now)
              : new CommandResult.Unchanged();
      case LogCommand.Leave(_, Person person) ->
          log.members.remove(person.personId())
              ? log.append(person, new Entry.Left(), now)
              : new CommandResult.Unchanged();
      case LogCommand.Post post -> commit(log, post, now);
      case LogCommand.Edit edit -> commit(log, edit, now);
      case LogCommand.Delete deletion -> commit(log, deletion, now);
      case LogCommand.React react -> commit(log, react, now);
      case LogCommand.Unreact unreact -> commit(log, unreact, now);
      case LogCommand.Pin pin -> commit(log, pin, now);
      case LogCommand.Unpin unpin -> commit(log, unpin, now);
      case LogCommand.Create _, LogCommand.Accept _, LogCommand.AddFile _, LogCommand.AddSite _ ->
          throw new UnsupportedOperationException(command.toString());
    };
  }

  private static CommandResult commit(Log log, LogCommand.Post post, Instant now) {
    if (!log.members.contains(post.person().personId())) {
      return NO_ROOM;
    }
    String key = post.person().personId() + " " + post.clientMessageId();
    Entry before = log.sent.get(key);
    if (before != null) {
      Entry.Message message = (Entry.Message) before.content();
      return message.text().equals(post.text()) && Objects.equals(message.replyTo(), post.replyTo())
          ? new CommandResult.Duplicate(before.seq(), before.sentAt())
          : ID_REUSED;
    }
    if (post.replyTo() != null) {
      CommandResult refusal = refusal(log.message(post.person().personId(), post.replyTo()));
      if (refusal != null) {
        return refusal;
      }
    }
    Entry.Content message = new Entry.Message(post.clientMessageId(), post.text(), post.replyTo());
    CommandResult result = log.append(post.person(), message, now);
    log.sent.put(key, log.entries.getLast());
    return result;
  }

  private static CommandResult commit(Log log, LogCommand.Edit edit, Instant now) {
    if (!log.members.contains(edit.person().personId())) {
      return NO_ROOM;
    }
    CurrentEntry message = log.message(edit.person().personId(), edit.targetSeq());
    CommandResult refusal = refusal(message);
    if (refusal != null) {
      return refusal;
    }
    if (!message.entry().personId().equals(edit.person().personId())) {
      return rejected(ProblemType.AUTHOR_ONLY);
    }
    if (edit.text().equals(text(message))) {
      return new CommandResult.Unchanged();
    }
    return edit.version() == null || edit.version() == message.version()
        ? log.append(edit.person(), new Entry.Edited(edit.targetSeq(), edit.text()), now)
        : rejected(ProblemType.PRECONDITION_FAILED);
  }

  private static CommandResult commit(Log log, LogCommand.Delete deletion, Instant now) {
    if (!log.members.contains(deletion.person().personId())) {
      return NO_ROOM;
    }
    CurrentEntry message = log.message(deletion.person().personId(), deletion.targetSeq());
    if (message == null) {
      return rejected(ProblemType.MESSAGE_NOT_FOUND);
    }
    if (!message.entry().personId().equals(deletion.person().personId())) {
      return rejected(ProblemType.AUTHOR_ONLY);
    }
    if (message.deletion() != null) {
      return new CommandResult.Unchanged();
    }
    log.entries.replaceAll(entry -> blank(entry, deletion.targetSeq()));
    return log.append(deletion.person(), new Entry.Deleted(deletion.targetSeq()), now);
  }

  private static CommandResult commit(Log log, LogCommand.React react, Instant now) {
    if (!log.members.contains(react.person().personId())) {
      return NO_ROOM;
    }
    CurrentEntry message = log.message(react.person().personId(), react.targetSeq());
    CommandResult refusal = refusal(message);
    if (refusal != null) {
      return refusal;
    }
    return isReaction(message, react.emoji())
        ? new CommandResult.Unchanged()
        : log.append(react.person(), new Entry.Reacted(react.targetSeq(), react.emoji()), now);
  }

  private static CommandResult commit(Log log, LogCommand.Unreact unreact, Instant now) {
    if (!log.members.contains(unreact.person().personId())) {
      return NO_ROOM;
    }
    CurrentEntry message = log.message(unreact.person().personId(), unreact.targetSeq());
    if (message == null) {
      return rejected(ProblemType.MESSAGE_NOT_FOUND);
    }
    Entry.Content entry = new Entry.Unreacted(unreact.targetSeq(), unreact.emoji());
    return isReaction(message, unreact.emoji())
        ? log.append(unreact.person(), entry, now)
        : new CommandResult.Unchanged();
  }

  private static CommandResult commit(Log log, LogCommand.Pin pin, Instant now) {
    if (!log.members.contains(pin.person().personId())) {
      return NO_ROOM;
    }
    CurrentEntry message = log.message(pin.person().personId(), pin.targetSeq());
    CommandResult refusal = refusal(message);
    if (refusal != null) {
      return refusal;
    }
    return message.pin() == null
        ? log.append(pin.person(), new Entry.Pinned(pin.targetSeq()), now)
        : new CommandResult.Unchanged();
  }

  private static CommandResult commit(Log log, LogCommand.Unpin unpin, Instant now) {
    if (!log.members.contains(unpin.person().personId())) {
      return NO_ROOM;
    }
    CurrentEntry message = log.message(unpin.person().personId(), unpin.targetSeq());
    if (message == null) {
      return rejected(ProblemType.MESSAGE_NOT_FOUND);
    }
    return message.pin() == null
        ? new CommandResult.Unchanged()
        : log.append(unpin.person(), new Entry.Unpinned(unpin.targetSeq()), now);
  }

  private static boolean isReaction(CurrentEntry message, String emoji) {
    return message.reactions().stream().anyMatch(each -> each.mine() && each.emoji().equals(emoji));
  }

  /// Why nobody may do anything with a message; null if they may.
  private static @Nullable CommandResult refusal(@Nullable CurrentEntry message) {
    if (message == null) {
      return rejected(ProblemType.MESSAGE_NOT_FOUND);
    }
    return message.deletion() == null ? null : rejected(ProblemType.MESSAGE_DELETED);
  }

  private static Entry blank(Entry entry, long target) {
    Entry.Content blank =
        switch (entry.content()) {
          case Entry.Message message when entry.seq() == target ->
              new Entry.Message(message.clientMessageId(), "", message.replyTo());
          case Entry.Edited edited when edited.targetSeq() == target ->
              new Entry.Edited(target, "");
          default -> entry.content();
        };
    return with(entry, blank);
  }

  private static Entry with(Entry entry, Entry.Content content) {
    return new Entry(
        entry.seq(), entry.personId(), entry.name(), entry.displayName(), entry.sentAt(), content);
  }

  private static CommandResult rejected(ProblemType type) {
    return new CommandResult.Rejected(type, type.title());
  }

  @Override
  public List<Entry> after(RoomId roomId, long after, int limit) {
    List<Entry> entries = logs.get(roomId).entries;
    int from = (int) Math.min(entries.size(), after);
    List<Entry> page = List.copyOf(entries.subList(from, Math.min(entries.size(), from + limit)));
    onRead.run();
    return page;
  }

  @Override
  public List<Entry> before(RoomId roomId, long before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CurrentEntry> current(RoomId roomId, PersonId viewer, long from, long to) {
    List<CurrentEntry> current = LogModel.current(logs.get(roomId).entries, viewer, from, to);
    onRead.run();
    return current;
  }

  @Override
  public List<CurrentEntry> current(RoomId roomId, PersonId viewer, Collection<Long> seqs) {
    List<CurrentEntry> current =
        LogModel.current(logs.get(roomId).entries, viewer).stream()
            .filter(now -> seqs.contains(now.entry().seq()))
            .toList();
    onRead.run();
    return current;
  }

  @Override
  public List<CurrentEntry> replies(
      RoomId roomId, PersonId viewer, long origin, long after, int limit) {
    List<CurrentEntry> replies =
        LogModel.replies(logs.get(roomId).entries, viewer, origin, after, limit);
    onRead.run();
    return replies;
  }

  @Override
  public List<CurrentEntry> pinned(RoomId roomId, PersonId viewer, int limit) {
    List<CurrentEntry> pinned =
        LogModel.pinned(logs.get(roomId).entries, viewer).stream().limit(limit).toList();
    onRead.run();
    return pinned;
  }

  @Override
  public Map<RoomId, Long> lastSeqs(Collection<RoomId> roomIds) {
    Map<RoomId, Long> last = new LinkedHashMap<>();
    roomIds.forEach(roomId -> last.put(roomId, (long) logs.get(roomId).entries.size()));
    onRead.run();
    return last;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /// Reads rooms and memberships as a replica does.
  RoomStore rooms() {
    RoomStore rooms = mock(RoomStore.class, withSettings().stubOnly());
    when(rooms.find(any(), any()))
        .thenAnswer(call -> Optional.of(find(call.getArgument(0), call.getArgument(1))));
    return rooms;
  }

  private Room find(RoomId roomId, PersonId viewer) {
    Log log = logs.get(roomId);
    Room room =
        new Room(
            roomId,
            "plans",
            "",
            Visibility.PUBLIC,
            log.members.contains(viewer) ? Role.MEMBER : null,
            log.entries.size(),
            log.members.size(),
            0,
            0,
            0,
            List.of());
    onRead.run();
    return room;
  }

  static ProblemException away() {
    return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The database is away.");
  }

  /// The newest `seq` of a room.
  long last(RoomId roomId) {
    return logs.get(roomId).entries.size();
  }

  /// All logs, for the checker.
  Map<String, List<LogEntry>> all() {
    Map<String, List<LogEntry>> all = new HashMap<>();
    logs.forEach((roomId, log) ->
        all.put(roomId.toString(), log.entries.stream().map(SimulatedStore::logEntry).toList()));
    return all;
  }

  /// An entry of a page, for the checker.
  static ShownEntry shown(CurrentEntry current) {
    Entry now =
        current.entry().content() instanceof Entry.Message message
            ? with(
                current.entry(),
                new Entry.Message(message.clientMessageId(), text(current), message.replyTo()))
            : current.entry();
    return new ShownEntry(
        logEntry(now), current.version(), current.deletion() != null, marks(current));
  }

  private static Marks marks(CurrentEntry current) {
    List<Marks.Reaction> reactions =
        current.reactions().stream()
            .map(each -> new Marks.Reaction(each.emoji(), each.count(), each.mine()))
            .toList();
    Entry pin = current.pin();
    return new Marks(
        current.asOf(), reactions, current.replies(), pin == null ? "" : pin.personId().toString());
  }

  private static String text(CurrentEntry message) {
    if (message.deletion() != null) {
      return "";
    }
    return message.edit() != null && message.edit().content() instanceof Entry.Edited edited
        ? edited.text()
        : ((Entry.Message) message.entry().content()).text();
  }

  private static LogEntry logEntry(Entry entry) {
    String person = entry.personId().toString();
    return switch (entry.content()) {
      case Entry.Message sent ->
          LogEntry.reply(
              entry.seq(),
              person,
              sent.clientMessageId(),
              sent.text(),
              sent.replyTo() == null ? 0 : sent.replyTo());
      case Entry.Edited(long target, var text, _) ->
          LogEntry.edited(entry.seq(), person, target, text);
      case Entry.Deleted(long target) -> LogEntry.deleted(entry.seq(), person, target);
      case Entry.Reacted(long target, var emoji) ->
          LogEntry.reacted(entry.seq(), person, target, emoji);
      case Entry.Unreacted(long target, var emoji) ->
          LogEntry.unreacted(entry.seq(), person, target, emoji);
      case Entry.Pinned(long target) -> LogEntry.pinned(entry.seq(), person, target);
      case Entry.Unpinned(long target) -> LogEntry.unpinned(entry.seq(), person, target);
      case Entry.Joined _ -> LogEntry.joined(entry.seq(), person);
      case Entry.Left _ -> LogEntry.left(entry.seq(), person);
      default -> throw new IllegalStateException(entry.toString());
    };
  }
}
