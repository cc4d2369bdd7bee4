package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.mention.MentionParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A log for tests that write messages, edit and delete them.
final class TestLog {

  static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

  /// People edit for ever; a message has at most three edits.
  static final MessageSettings SETTINGS = new MessageSettings(Duration.ZERO, 3);

  static final PersonId NOBODY = new PersonId(new UUID(0, 0));

  final Database database;
  final LogStore store;
  private int sent;

  TestLog(Database database) {
    this(database, SETTINGS);
  }

  TestLog(Database database, MessageSettings settings) {
    this.database = database;
    this.store = new JdbcLogStore(database, settings, JsonMapper.builder().build());
  }

  List<CommandResult> apply(List<LogCommand> commands) {
    return store.apply(commands, NOW).join();
  }

  CommandResult apply(LogCommand command) {
    return apply(List.of(command)).getFirst();
  }

  /// The place of what a command appends.
  long append(LogCommand command) {
    return seq(apply(command));
  }

  static long seq(CommandResult result) {
    assertThat(result).isInstanceOf(CommandResult.Appended.class);
    return ((CommandResult.Appended) result).entry().seq();
  }

  static ProblemType refusal(CommandResult result) {
    assertThat(result).isInstanceOf(CommandResult.Rejected.class);
    return ((CommandResult.Rejected) result).type();
  }

  /// A private room with a creator and other members.
  RoomId room(Person creator, Person... others) {
    RoomId room = new RoomId(UUID.randomUUID());
    append(new LogCommand.Create(room, creator, Name.ofRoom("room"), "", Visibility.PRIVATE));
    for (Person other : others) {
      append(new LogCommand.Join(room, other));
    }
    return room;
  }

  LogCommand post(RoomId room, Person sender, String text) {
    return post(room, sender, text, null);
  }

  /// `present`: who is present; null if they are too many.
  LogCommand post(RoomId room, Person sender, String text, @Nullable List<PersonId> present) {
    sent++;
    return new LogCommand.Post(room, sender, "sent-" + sent, text, null, addressees(text, present));
  }

  LogCommand reply(RoomId room, Person sender, long origin, String text) {
    sent++;
    return new LogCommand.Post(room, sender, "sent-" + sent, text, origin);
  }

  static LogCommand edit(RoomId room, Person person, long seq, String text) {
    return new LogCommand.Edit(room, person, seq, text, null, addressees(text, null));
  }

  private static LogCommand.Addressees addressees(String text, @Nullable List<PersonId> present) {
    return new LogCommand.Addressees(MentionParser.parse(text), present);
  }

  static LogCommand delete(RoomId room, Person person, long seq) {
    return new LogCommand.Delete(room, person, seq);
  }

  static LogCommand react(RoomId room, Person person, long seq, String emoji) {
    return new LogCommand.React(room, person, seq, emoji);
  }

  static LogCommand unreact(RoomId room, Person person, long seq, String emoji) {
    return new LogCommand.Unreact(room, person, seq, emoji);
  }

  static LogCommand pin(RoomId room, Person person, long seq) {
    return new LogCommand.Pin(room, person, seq);
  }

  static LogCommand unpin(RoomId room, Person person, long seq) {
    return new LogCommand.Unpin(room, person, seq);
  }

  CurrentEntry current(RoomId room, long seq) {
    return current(room, NOBODY, seq);
  }

  CurrentEntry current(RoomId room, PersonId viewer, long seq) {
    return store.current(room, viewer, seq, seq).getFirst();
  }

  String text(RoomId room, long seq) {
    CurrentEntry now = current(room, seq);
    return now.edit() != null && now.edit().content() instanceof Entry.Edited(_, String text, _)
        ? text
        : ((Entry.Message) now.entry().content()).text();
  }

  /// Every text of every row of the log.
  List<String> bodies() {
    return database.read(client ->
        client.sql("SELECT body FROM entry WHERE body IS NOT NULL").query(String.class).list());
  }

  Person person(String name) {
    Person person = new Person(new PersonId(UUID.randomUUID()), name, false);
    database.write(client ->
        client
            .sql(
                """
                INSERT INTO person
                  (person_id, name, name_key, password_hash, created_at, last_seen_at)
                VALUES (?, ?, ?, 'x', 0, 0)
                """)
            .params(person.personId().toString(), name, name)
            .update());
    return person;
  }
}
