package io.tercet.chat.room;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogSettings;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.LogWriter;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/// Rooms: who may do what, and what the log says.
///
/// A private room does not exist for those who are not in it. Changes go through [LogWriter] and
/// return after they are durable. Threading: any thread. Errors: [ProblemException], named at each method;
/// `room-not-found` at all of them.
@Component
public class Rooms {

  private static final int TOPIC_CHARACTERS_MAX = 250;
  private static final int MEMBERS_LISTED_MAX = 10_000;

  private final RoomStore rooms;
  private final LogReader entries;
  private final LogWriter writer;
  private final LogSettings settings;

  Rooms(RoomStore rooms, LogReader entries, LogWriter writer, LogSettings settings) {
    this.rooms = rooms;
    this.entries = entries;
    this.writer = writer;
    this.settings = settings;
  }

  /// Makes a room; its maker is its first member. Refuses with `invalid-name`, `invalid-request`,
  /// `room-name-taken` (among public rooms).
  public Room create(Person maker, String rawName, String topic, Visibility visibility) {
    Name name = Name.ofRoom(rawName);
    if (topic.codePointCount(0, topic.length()) > TOPIC_CHARACTERS_MAX || topic.contains("\0")) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A topic has at most 250 characters.");
    }
    RoomId roomId = new RoomId(UUID.randomUUID());
    carryOut(new LogCommand.Create(roomId, maker, name, topic, visibility));
    return get(roomId, maker.personId());
  }

  /// Makes a public room that comes with the house, unless it is there. It has no members yet.
  public RoomId ensurePublic(String rawName, String topic) {
    Name name = Name.ofRoom(rawName);
    Optional<RoomId> there = rooms.findPublic(name.key());
    if (there.isPresent()) {
      return there.get();
    }
    RoomId roomId = new RoomId(UUID.randomUUID());
    CommandResult outcome =
        await(writer.submit(new LogCommand.Create(roomId, null, name, topic, Visibility.PUBLIC)));
    // Another replica may have been quicker.
    return outcome instanceof CommandResult.Rejected
        ? rooms.findPublic(name.key()).orElseThrow(Rooms::notFound)
        : roomId;
  }

  /// The rooms that somebody sees: their own first.
  public List<Room> list(PersonId asker) {
    return rooms.list(asker, settings.roomsListedMax());
  }

  /// A room that somebody sees.
  public Room get(RoomId roomId, PersonId asker) {
    return rooms.find(roomId, asker).filter(Room::visible).orElseThrow(Rooms::notFound);
  }

  /// A room, whoever asks, or empty; `member` is about the person.
  public Optional<Room> find(RoomId roomId, PersonId personId) {
    return rooms.find(roomId, personId);
  }

  /// Whether somebody is in a room.
  public boolean isMember(RoomId roomId, PersonId personId) {
    return rooms.find(roomId, personId).map(Room::member).orElse(false);
  }

  /// Who is in a room that the asker sees.
  public List<PersonId> members(RoomId roomId, PersonId asker) {
    return rooms.members(get(roomId, asker).roomId(), MEMBERS_LISTED_MAX);
  }

  /// Enters a public room. Nothing happens to who is in it already.
  public void join(RoomId roomId, Person person) {
    carryOut(new LogCommand.Join(get(roomId, person.personId()).roomId(), person));
  }

  /// A member lets somebody in.
  public void add(RoomId roomId, PersonId asker, Person newcomer) {
    if (!get(roomId, asker).member()) {
      throw notFound();
    }
    carryOut(new LogCommand.Join(roomId, newcomer));
  }

  /// Leaves. Nothing happens to who is not in it.
  public void leave(RoomId roomId, Person person) {
    get(roomId, person.personId());
    carryOut(new LogCommand.Leave(roomId, person));
  }

  /// Says something. The future completes when the message is durable. Refuses with
  /// `message-empty`, `message-too-long`, `invalid-request`, `client-message-id-reused`; at once,
  /// or through the future.
  public CompletableFuture<PostResult> post(
      RoomId roomId, Person sender, String clientMessageId, String text) {
    MessageRules.check(clientMessageId, text);
    return writer
        .submit(new LogCommand.Post(roomId, sender, clientMessageId, text))
        .thenApply(Rooms::posted);
  }

  /// Tells of a file in the room's folder. The same event again is the same place in the log.
  public PostResult addFile(RoomId roomId, Person sender, String eventId, FileReference file) {
    return posted(carryOut(new LogCommand.AddFile(roomId, sender, eventId, file)));
  }

  /// At most `limit` entries after a place, ascending. Whether the asker may read is asked before.
  public List<Entry> entriesAfter(RoomId roomId, long after, int limit) {
    return entries.after(roomId, after, limit);
  }

  /// At most `limit` entries before a place: the newest of them, ascending.
  public List<Entry> entriesBefore(RoomId roomId, long before, int limit) {
    return entries.before(roomId, before, limit);
  }

  /// Waits for an answer of the log, for as long as is reasonable.
  public <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("the log failed", e.getCause());
    } catch (TimeoutException e) {
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "The log takes too long.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "Interrupted while waiting.");
    }
  }

  private CommandResult carryOut(LogCommand command) {
    CommandResult outcome = await(writer.submit(command));
    if (outcome instanceof CommandResult.Rejected(ProblemType type, String detail)) {
      throw new ProblemException(type, detail);
    }
    return outcome;
  }

  private static PostResult posted(CommandResult outcome) {
    return switch (outcome) {
      case CommandResult.Appended(Entry entry) ->
          new PostResult(entry.seq(), entry.sentAt(), false);
      case CommandResult.Duplicate(var seq, var sentAt) -> new PostResult(seq, sentAt, true);
      case CommandResult.Rejected(var type, var detail) -> throw new ProblemException(type, detail);
      case CommandResult.Unchanged unchanged ->
          throw new IllegalStateException("what is said always changes something");
    };
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemType.ROOM_NOT_FOUND);
  }
}
