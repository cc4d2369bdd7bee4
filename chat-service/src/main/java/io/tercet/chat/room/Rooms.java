package io.tercet.chat.room;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.LogSettings;
import io.tercet.chat.log.LogWriter;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.reading.Unread;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Everything that people do with rooms: create, join, leave, write and read.
///
/// A private room does not exist for a person who is not a member. A change goes through
/// [LogWriter] and is durable when the method returns. Threading: any thread. Errors: a
/// [ProblemException], as each method says; all of them can throw `room-not-found`.
@Component
public class Rooms {

  private static final int TOPIC_CHARACTERS_MAX = 250;

  /// In most cases file-service tells of a file sooner.
  private static final Duration CONFIRMATION_PAUSE = Duration.ofSeconds(1);

  private final RoomStore rooms;
  private final LogReader entries;
  private final LogWriter writer;
  private final LogSettings settings;
  private final MessageSettings messages;

  Rooms(
      RoomStore rooms,
      LogReader entries,
      LogWriter writer,
      LogSettings settings,
      MessageSettings messages) {
    this.rooms = rooms;
    this.entries = entries;
    this.writer = writer;
    this.settings = settings;
    this.messages = messages;
  }

  /// Creates a room with its creator as the first member. Throws `invalid-name`, `invalid-request`,
  /// and for a public room `room-name-taken` or `name-resembles`.
  public Room create(Person creator, String rawName, String topic, Visibility visibility) {
    Name name = Name.ofRoom(rawName);
    if (topic.codePointCount(0, topic.length()) > TOPIC_CHARACTERS_MAX || topic.contains("\0")) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A topic has at most 250 characters.");
    }
    RoomId roomId = new RoomId(UUID.randomUUID());
    execute(new LogCommand.Create(roomId, creator, name, topic, visibility));
    return get(roomId, creator.personId());
  }

  /// Creates a public room without members, unless a public room has this name.
  public RoomId ensurePublic(String rawName, String topic) {
    Name name = Name.ofRoom(rawName);
    Optional<RoomId> there = rooms.findPublic(name.key());
    if (there.isPresent()) {
      return there.get();
    }
    RoomId roomId = new RoomId(UUID.randomUUID());
    CommandResult result =
        writer.execute(new LogCommand.Create(roomId, null, name, topic, Visibility.PUBLIC));
    // Another replica may have created it meanwhile.
    return result instanceof CommandResult.Unchanged
        ? roomId
        : rooms.findPublic(name.key()).orElseThrow(Rooms::notFound);
  }

  /// A room that the viewer sees.
  public Room get(RoomId roomId, PersonId viewer) {
    return rooms.find(roomId, viewer).filter(Room::visible).orElseThrow(Rooms::notFound);
  }

  /// Brings at most `limit` names of public rooms that are older than the rule for names, or than
  /// the search, under it, the oldest first, and returns their number. A name that resembles an
  /// older one stays, too.
  public int adoptNames(int limit) {
    return rooms.adoptNames(limit);
  }

  /// A room, even a private one; `member` is about the person.
  public Optional<Room> find(RoomId roomId, PersonId personId) {
    return rooms.find(roomId, personId);
  }

  /// Whether a person is a member.
  public boolean isMember(RoomId roomId, PersonId personId) {
    return rooms.find(roomId, personId).map(Room::member).orElse(false);
  }

  /// Whether a person created the room. Nobody created the room that everybody joins.
  public boolean isCreator(RoomId roomId, PersonId personId) {
    return rooms.isCreator(roomId, personId);
  }

  /// What a member has not read in a room.
  public Unread unread(RoomId roomId, PersonId member) {
    return rooms.unread(roomId, member).orElseThrow(Rooms::notFound);
  }

  /// Members of a room that the viewer sees: all, or as many as one list has.
  public List<PersonId> members(RoomId roomId, PersonId viewer) {
    return rooms.members(get(roomId, viewer).roomId(), settings.membersListedMax());
  }

  /// Joins a public room, or one to which the person has an open invitation, which ends; a member
  /// stays one.
  public void join(RoomId roomId, Person person) {
    Room room = rooms.find(roomId, person.personId()).orElseThrow(Rooms::notFound);
    execute(
        room.visible()
            ? new LogCommand.Join(roomId, person)
            : new LogCommand.Accept(roomId, person));
  }

  /// Leaves a room.
  public void leave(RoomId roomId, Person person) {
    get(roomId, person.personId());
    execute(new LogCommand.Leave(roomId, person));
  }

  /// Sends a message, which may answer the one at the place `replyTo`. The future completes when
  /// the message is durable. Throws, or completes with, `message-empty`, `message-too-long`,
  /// `invalid-request` or `client-message-id-reused`, for the message that it answers
  /// `message-not-found` or `message-deleted`, and for its files `file-not-confirmed`,
  /// `uploader-only`, `file-in-message` or `too-large`.
  public CompletableFuture<PostResult> post(
      RoomId roomId,
      Person sender,
      String clientMessageId,
      String text,
      @Nullable Long replyTo,
      List<FileReference.Id> files) {
    return writer
        .submit(message(roomId, sender, clientMessageId, text, replyTo, files))
        .thenApply(Rooms::posted);
  }

  /// Sends a message and waits until it is durable. Throws what [#post] throws, and
  /// `service-timeout` if nobody knows yet.
  public PostResult postAndWait(
      RoomId roomId,
      Person sender,
      String clientMessageId,
      String text,
      @Nullable Long replyTo,
      List<FileReference.Id> files) {
    return posted(writer.execute(message(roomId, sender, clientMessageId, text, replyTo, files)));
  }

  /// The same without files.
  public CompletableFuture<PostResult> post(
      RoomId roomId, Person sender, String clientMessageId, String text, @Nullable Long replyTo) {
    return post(roomId, sender, clientMessageId, text, replyTo, List.of());
  }

  /// The same without files.
  public PostResult postAndWait(
      RoomId roomId, Person sender, String clientMessageId, String text, @Nullable Long replyTo) {
    return postAndWait(roomId, sender, clientMessageId, text, replyTo, List.of());
  }

  private static LogCommand.Post message(
      RoomId roomId,
      Person sender,
      String clientMessageId,
      String raw,
      @Nullable Long replyTo,
      List<FileReference.Id> files) {
    String text = MessageRules.check(clientMessageId, raw, !files.isEmpty());
    return new LogCommand.Post(roomId, sender, clientMessageId, text, replyTo, files);
  }

  /// Adds an entry for a file in the room's folder. A repeated event returns the first entry's
  /// place.
  public PostResult addFile(RoomId roomId, Person sender, String eventId, FileReference file) {
    return posted(execute(new LogCommand.AddFile(roomId, sender, eventId, file)));
  }

  /// Adds an entry for a site that shows a folder of the room, or does so no more; the rest as for
  /// [#addFile].
  public PostResult addSite(RoomId roomId, Person sender, String eventId, SiteReference site) {
    return posted(execute(new LogCommand.AddSite(roomId, sender, eventId, site)));
  }

  /// Gives a message another text, unless it has another `version` than the one given, and returns
  /// the message as it is then. Throws what [#post] throws about the text, `message-not-found`,
  /// `message-deleted`, `author-only`, `edit-time-over`, `precondition-failed` or `too-many-edits`;
  /// `service-timeout` also if the message was edited and cannot be read then.
  public CurrentEntry edit(
      RoomId roomId, Person author, long seq, String text, @Nullable Long version) {
    execute(new LogCommand.Edit(roomId, author, seq, MessageRules.text(text), version));
    try {
      return message(roomId, author.personId(), seq);
    } catch (ProblemException unread) {
      // `service-unavailable` would say that nothing was written.
      throw unread.type() == ProblemType.SERVICE_UNAVAILABLE
          ? new ProblemException(
              ProblemType.SERVICE_TIMEOUT, "It was written. Repeat it to see the message.")
          : unread;
    }
  }

  /// For how long people edit and delete what they sent; zero: always.
  public Duration editTime() {
    return messages.editTime();
  }

  /// Deletes a message; one that is deleted stays so. Throws `message-not-found`, `author-only` or
  /// `edit-time-over`.
  public void delete(RoomId roomId, Person person, long seq) {
    execute(new LogCommand.Delete(roomId, person, seq));
  }

  /// Puts an emoji to a message, unless the person did so already. Throws `invalid-request`,
  /// `message-not-found`, `message-deleted` or `too-many-reactions`.
  public void react(RoomId roomId, Person person, long seq, String emoji) {
    execute(new LogCommand.React(roomId, person, seq, MessageRules.emoji(emoji)));
  }

  /// Takes the person's own emoji back, if it is there. Throws `invalid-request` or
  /// `message-not-found`.
  public void unreact(RoomId roomId, Person person, long seq, String emoji) {
    execute(new LogCommand.Unreact(roomId, person, seq, MessageRules.emoji(emoji)));
  }

  /// Pins a message, unless it is pinned already. Throws `guests-not-allowed`, `message-not-found`,
  /// `message-deleted` or `too-many-pins`.
  public void pin(RoomId roomId, Person person, long seq) {
    execute(new LogCommand.Pin(roomId, person, seq));
  }

  /// Ends the pin of a message, if it is pinned. Throws `guests-not-allowed` or
  /// `message-not-found`.
  public void unpin(RoomId roomId, Person person, long seq) {
    execute(new LogCommand.Unpin(roomId, person, seq));
  }

  /// The pinned messages as they are now for a member, the newest pin first. The caller checks
  /// membership.
  public List<CurrentEntry> pinned(RoomId roomId, PersonId viewer) {
    return entries.pinned(roomId, viewer, MessageRules.PINS_MAX);
  }

  /// The first people who reacted to a message with each emoji, in their order. The caller checks
  /// membership.
  public Map<String, List<PersonId>> reactedBy(RoomId roomId, CurrentEntry message) {
    List<String> emoji = message.reactions().stream().map(CurrentEntry.Reaction::emoji).toList();
    return rooms.reactedBy(roomId, message.entry().seq(), emoji, MessageRules.REACTION_PEOPLE_MAX);
  }

  /// A message as it is now for a member. The caller checks membership. Throws `message-not-found`.
  public CurrentEntry message(RoomId roomId, PersonId viewer, long seq) {
    return entries.current(roomId, viewer, seq, seq).stream()
        .filter(found -> found.entry().content() instanceof Entry.Message)
        .findFirst()
        .orElseThrow(() -> new ProblemException(ProblemType.MESSAGE_NOT_FOUND));
  }

  /// The entries of the places `from` to `to` as they are now for a member, ascending. The caller
  /// checks membership.
  public List<CurrentEntry> currentEntries(RoomId roomId, PersonId viewer, long from, long to) {
    return entries.current(roomId, viewer, from, to);
  }

  /// The entries at these places as they are now for a member, ascending. The caller checks
  /// membership.
  public List<CurrentEntry> currentEntries(RoomId roomId, PersonId viewer, Collection<Long> seqs) {
    return seqs.isEmpty() ? List.of() : entries.current(roomId, viewer, seqs);
  }

  /// At most `limit` messages after a place that answer a message and are not deleted, as they are
  /// now for a member, ascending. The caller checks membership.
  public List<CurrentEntry> replies(
      RoomId roomId, PersonId viewer, long origin, long after, int limit) {
    return entries.replies(roomId, viewer, origin, after, limit);
  }

  /// At most `limit` entries after a place, ascending. The caller checks membership.
  public List<Entry> entriesAfter(RoomId roomId, long after, int limit) {
    return entries.after(roomId, after, limit);
  }

  /// At most `limit` entries before a place, the newest of them, ascending. The caller checks
  /// membership.
  public List<Entry> entriesBefore(RoomId roomId, long before, int limit) {
    return entries.before(roomId, before, limit);
  }

  private CommandResult execute(LogCommand command) {
    CommandResult result = writer.execute(command);
    if (result instanceof CommandResult.Rejected(ProblemType type, String detail)) {
      throw refusal(type, detail);
    }
    if (result instanceof CommandResult.Resembles(String name)) {
      throw ProblemException.resembling(name);
    }
    return result;
  }

  private static PostResult posted(CommandResult result) {
    return switch (result) {
      case CommandResult.Appended(Entry entry) ->
          new PostResult(entry.seq(), entry.sentAt(), false);
      case CommandResult.Duplicate(var seq, var sentAt) -> new PostResult(seq, sentAt, true);
      case CommandResult.Rejected(var type, var detail) -> throw refusal(type, detail);
      case CommandResult.Unchanged _, CommandResult.Resembles _ ->
          throw new IllegalStateException("an append always changes the log");
    };
  }

  private static ProblemException refusal(ProblemType type, String detail) {
    return type == ProblemType.FILE_NOT_CONFIRMED
        ? new ProblemException(type, detail, CONFIRMATION_PAUSE)
        : new ProblemException(type, detail);
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemType.ROOM_NOT_FOUND);
  }
}
