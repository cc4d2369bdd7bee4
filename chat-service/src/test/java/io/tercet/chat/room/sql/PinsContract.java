package io.tercet.chat.room.sql;

import static io.tercet.chat.room.sql.TestLog.NOW;
import static io.tercet.chat.room.sql.TestLog.delete;
import static io.tercet.chat.room.sql.TestLog.edit;
import static io.tercet.chat.room.sql.TestLog.pin;
import static io.tercet.chat.room.sql.TestLog.react;
import static io.tercet.chat.room.sql.TestLog.refusal;
import static io.tercet.chat.room.sql.TestLog.unpin;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogModel;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for messages that are pinned.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PinsContract {

  private static final CommandResult UNCHANGED = new CommandResult.Unchanged();

  private TestDatabases.Opened opened;
  private TestLog log;
  private Person ada;
  private Person grace;
  private Person guest;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openLog() {
    opened = open();
    log = new TestLog(opened.database());
    ada = log.person("ada");
    grace = log.person("grace");
    guest = new Person(log.person("guest").personId(), "guest", true);
  }

  @AfterAll
  void closeLog() {
    opened.close().run();
  }

  @Test
  void aPinIsAnEntryThatStaysInPages() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "The plan"));
    Entry pinned = entry(4, grace, new Entry.Pinned(message));
    assertThat(log.apply(pin(room, grace, message))).isEqualTo(new CommandResult.Appended(pinned));
    assertThat(log.current(room, message).pin()).isEqualTo(pinned);
    assertThat(log.current(room, message).version()).isEqualTo(message);
    assertThat(log.current(room, 4).entry()).isEqualTo(pinned);

    assertThat(log.apply(unpin(room, ada, message)))
        .isEqualTo(new CommandResult.Appended(entry(5, ada, new Entry.Unpinned(message))));
    assertThat(log.current(room, message).pin()).isNull();
    assertThat(log.store.current(room, ada.personId(), 4, 9))
        .extracting(each -> each.entry().seq())
        .containsExactly(4L);
  }

  @Test
  void onlyWhatChangesSomethingIsAnEntry() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "text"));
    assertThat(log.apply(unpin(room, ada, message))).isEqualTo(UNCHANGED);
    log.append(pin(room, ada, message));
    assertThat(log.apply(pin(room, grace, message))).isEqualTo(UNCHANGED);
    assertThat(log.current(room, message).pin().personId()).isEqualTo(ada.personId());
    log.append(unpin(room, grace, message));
    assertThat(log.apply(unpin(room, grace, message))).isEqualTo(UNCHANGED);
  }

  @Test
  void guestsAndStrangersPinNothing() {
    RoomId room = log.room(ada, guest);
    long message = log.append(log.post(room, guest, "text"));
    long pinned = log.append(log.post(room, ada, "pinned"));
    log.append(pin(room, ada, pinned));
    for (LogCommand command :
        List.of(pin(room, guest, message), unpin(room, guest, pinned), unpin(room, guest, 3))) {
      assertThat(refusal(log.apply(command))).isEqualTo(ProblemType.GUESTS_NOT_ALLOWED);
    }
    RoomId nowhere = new RoomId(UUID.randomUUID());
    for (LogCommand command :
        List.of(
            pin(room, grace, message),
            unpin(room, grace, pinned),
            pin(room, grace, 99),
            pin(nowhere, ada, 1),
            unpin(nowhere, ada, 1))) {
      assertThat(refusal(log.apply(command))).isEqualTo(ProblemType.ROOM_NOT_FOUND);
    }
    assertThat(pins(room)).containsExactly(pinned);
  }

  @Test
  void onlyMessagesOfThisRoomArePinned() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "text"));
    long edited = log.append(edit(room, ada, message, "edited"));
    long pin = log.append(pin(room, ada, message));
    for (long seq : new long[] {-1, 0, 1, edited, pin, 99, Long.MAX_VALUE}) {
      assertThat(refusal(log.apply(pin(room, ada, seq)))).isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
      assertThat(refusal(log.apply(unpin(room, ada, seq))))
          .isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
    }
  }

  @Test
  void theNewestPinComesFirst() {
    RoomId room = log.room(ada);
    RoomId other = log.room(ada);
    log.append(pin(other, ada, log.append(log.post(other, ada, "of another room"))));
    List<Long> messages = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      messages.add(log.append(log.post(room, ada, "text " + i)));
    }
    for (int i : new int[] {1, 0, 2}) {
      log.append(pin(room, ada, messages.get(i)));
    }
    log.append(unpin(room, ada, messages.get(1)));
    log.append(pin(room, ada, messages.get(1)));
    log.append(edit(room, ada, messages.get(0), "as it is now"));
    log.append(react(room, ada, messages.get(0), "👍"));
    assertThat(pins(room)).containsExactly(messages.get(1), messages.get(2), messages.get(0));
    assertThat(log.store.pinned(room, ada.personId(), 2)).hasSize(2);
    CurrentEntry last = log.store.pinned(room, ada.personId(), 100).getLast();
    assertThat(last).isEqualTo(log.current(room, ada.personId(), messages.get(0)));
  }

  @Test
  void aRoomHasABoundedNumberOfPinsAndADeletionFreesOne() {
    RoomId room = log.room(ada);
    int max = MessageRules.PINS_MAX;
    List<LogCommand> posts = new ArrayList<>();
    for (int i = 0; i <= max + 1; i++) {
      posts.add(log.post(room, ada, "text " + i));
    }
    List<Long> messages = log.apply(posts).stream().map(TestLog::seq).toList();
    log.apply(messages.subList(0, max - 1).stream().map(seq -> pin(room, ada, seq)).toList());
    List<CommandResult> results =
        log.apply(
            List.of(
                pin(room, ada, messages.get(max - 1)),
                pin(room, ada, messages.get(max)),
                pin(room, ada, messages.get(0)),
                delete(room, ada, messages.get(0)),
                pin(room, ada, messages.get(max)),
                pin(room, ada, messages.get(max + 1))));
    assertThat(results.get(0)).isInstanceOf(CommandResult.Appended.class);
    assertThat(refusal(results.get(1))).isEqualTo(ProblemType.TOO_MANY_PINS);
    assertThat(results.get(2)).isEqualTo(UNCHANGED);
    assertThat(results.get(4)).isInstanceOf(CommandResult.Appended.class);
    assertThat(refusal(results.get(5))).isEqualTo(ProblemType.TOO_MANY_PINS);
    assertThat(pins(room)).hasSize(max).doesNotContain(messages.get(0));
    log.append(unpin(room, ada, messages.get(1)));
    log.append(pin(room, ada, messages.get(max + 1)));
    assertThat(refusal(log.apply(pin(room, ada, messages.get(1)))))
        .isEqualTo(ProblemType.TOO_MANY_PINS);
  }

  @Test
  void deletingAMessageEndsItsPin() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "text"));
    log.append(pin(room, ada, message));
    log.append(delete(room, ada, message));
    assertThat(log.current(room, message).pin()).isNull();
    assertThat(pins(room)).isEmpty();
    assertThat(refusal(log.apply(pin(room, ada, message)))).isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(log.apply(unpin(room, ada, message))).isEqualTo(UNCHANGED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void afterAnyCommandsPinsAreWhatTheLogSaysAndAreRebuiltFromIt(long seed) {
    Random random = new Random(seed);
    RoomId room = log.room(ada, grace, guest);
    for (int batch = 0; batch < 40; batch++) {
      List<LogCommand> commands = new ArrayList<>();
      int size = 1 + random.nextInt(8);
      for (int i = 0; i < size; i++) {
        Person person = List.of(ada, grace, guest).get(random.nextInt(3));
        long target = 4 + random.nextInt(12);
        commands.add(
            switch (random.nextInt(9)) {
              case 0, 1 -> log.post(room, person, "text");
              case 2 ->
                  random.nextInt(4) == 0
                      ? delete(room, ada, target)
                      : react(room, ada, target, "👍");
              case 3, 4 -> unpin(room, person, target);
              default -> pin(room, person, target);
            });
      }
      log.apply(commands);
    }
    List<Entry> all = log.store.after(room, 0, 10_000);
    List<CurrentEntry> before = log.store.current(room, ada.personId(), 0, 10_000);
    assertThat(before).isEqualTo(LogModel.current(all, ada.personId(), 0, 10_000));
    assertThat(log.store.pinned(room, ada.personId(), 100))
        .isNotEmpty()
        .isEqualTo(LogModel.pinned(all, ada.personId()));

    opened
        .database()
        .write(client ->
            client.sql("UPDATE message_now SET pinned_seq = NULL WHERE seq % 2 = 0").update()
                + client.sql("UPDATE message_now SET pinned_seq = 9 WHERE seq % 2 = 1").update());
    new JdbcMessageRebuild(opened.database(), JsonMapper.builder().build()).rebuild(7);
    assertThat(log.store.current(room, ada.personId(), 0, 10_000)).isEqualTo(before);
  }

  private List<Long> pins(RoomId room) {
    return log.store.pinned(room, ada.personId(), 1_000).stream()
        .map(each -> each.entry().seq())
        .toList();
  }

  private static Entry entry(long seq, Person person, Entry.Content content) {
    return new Entry(seq, person.personId(), person.name(), NOW, content);
  }
}
