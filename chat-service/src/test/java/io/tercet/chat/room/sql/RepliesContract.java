package io.tercet.chat.room.sql;

import static io.tercet.chat.room.sql.TestLog.NOBODY;
import static io.tercet.chat.room.sql.TestLog.NOW;
import static io.tercet.chat.room.sql.TestLog.delete;
import static io.tercet.chat.room.sql.TestLog.edit;
import static io.tercet.chat.room.sql.TestLog.refusal;
import static io.tercet.chat.room.sql.TestLog.seq;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemType;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for messages that answer others.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RepliesContract {

  private TestDatabases.Opened opened;
  private TestLog log;
  private Person ada;
  private Person grace;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openLog() {
    opened = open();
    log = new TestLog(opened.database());
    ada = log.person("ada");
    grace = log.person("grace");
  }

  @AfterAll
  void closeLog() {
    opened.close().run();
  }

  @Test
  void aReplyIsAMessageThatNamesTheOneThatItAnswers() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Tea?"));
    LogCommand yes = new LogCommand.Post(room, ada, "yes", "Yes", origin);
    Entry reply = new Entry(3, ada.personId(), "ada", NOW, new Entry.Message("yes", "Yes", origin));
    assertThat(log.apply(yes)).isEqualTo(new CommandResult.Appended(reply));
    assertThat(log.store.after(room, origin, 10)).containsExactly(reply);
    assertThat(log.current(room, 3))
        .isEqualTo(new CurrentEntry(reply, null, null, List.of(), 0, null, 3));
    assertThat(log.store.after(room, 1, 1).getFirst().content())
        .isEqualTo(new Entry.Message(idOf(room, origin), "Tea?"));
  }

  private String idOf(RoomId room, long seq) {
    return ((Entry.Message) log.current(room, seq).entry().content()).clientMessageId();
  }

  @Test
  void aMessageKnowsHowManyRepliesAreNotDeleted() {
    RoomId room = log.room(ada, grace);
    long origin = log.append(log.post(room, ada, "Tea?"));
    long first = log.append(log.reply(room, grace, origin, "Yes"));
    long second = log.append(log.reply(room, ada, origin, "With milk?"));
    assertThat(log.current(room, origin).replies()).isEqualTo(2);
    log.append(edit(room, grace, first, "Yes!"));
    log.append(edit(room, ada, origin, "Tea, anybody?"));
    assertThat(log.current(room, origin).replies()).isEqualTo(2);
    log.append(delete(room, grace, first));
    log.apply(delete(room, grace, first));
    assertThat(log.current(room, origin).replies()).isEqualTo(1);
    log.append(delete(room, ada, second));
    assertThat(log.current(room, origin).replies()).isZero();
    assertThat(log.text(room, origin)).isEqualTo("Tea, anybody?");
  }

  @Test
  void aReplyAnswersAMessageOfItsRoomThatIsThere() {
    RoomId room = log.room(ada);
    log.append(log.post(log.room(ada), ada, "the second entry of another room"));
    for (long nothing : new long[] {Long.MIN_VALUE, -1, 0, 1, 2, 3, Long.MAX_VALUE}) {
      assertThat(refusal(log.apply(log.reply(room, ada, nothing, "Yes"))))
          .as("a reply to %d, which would be the second entry", nothing)
          .isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
    }
    long message = log.append(log.post(room, ada, "Tea?"));
    long edited = log.append(edit(room, ada, message, "Tea!"));
    assertThat(refusal(log.apply(log.reply(room, ada, edited, "Yes"))))
        .isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
    assertThat(refusal(log.apply(log.reply(room, grace, message, "Yes"))))
        .as("only members answer")
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
  }

  @Test
  void aDeletedMessageIsNotAnsweredAndKeepsItsReplies() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Tea?"));
    LogCommand yes = log.reply(room, ada, origin, "Yes");
    long reply = log.append(yes);
    log.append(delete(room, ada, origin));
    assertThat(refusal(log.apply(log.reply(room, ada, origin, "Late"))))
        .isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(log.apply(yes))
        .as("a repeat after a lost answer")
        .isEqualTo(new CommandResult.Duplicate(reply, NOW));
    assertThat(log.text(room, reply)).isEqualTo("Yes");
    assertThat(log.current(room, origin).replies()).isEqualTo(1);
    assertThat(replies(room, origin)).containsExactly(reply);
  }

  @Test
  void aReplyToAReplyAnswersThatOne() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Tea?"));
    long reply = log.append(log.reply(room, ada, origin, "Yes"));
    long next = log.append(log.reply(room, ada, reply, "When?"));
    assertThat(log.current(room, origin).replies()).isEqualTo(1);
    assertThat(log.current(room, reply).replies()).isEqualTo(1);
    assertThat(replies(room, origin)).containsExactly(reply);
    assertThat(replies(room, reply)).containsExactly(next);
  }

  @Test
  void anIdStandsForOneMessageWithWhatItAnswers() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Tea?"));
    long other = log.append(log.post(room, ada, "Coffee?"));
    long reply = log.append(new LogCommand.Post(room, ada, "same", "Yes", origin));
    for (Long another : new Long[] {other, null, 99L}) {
      assertThat(refusal(log.apply(new LogCommand.Post(room, ada, "same", "Yes", another))))
          .isEqualTo(ProblemType.CLIENT_MESSAGE_ID_REUSED);
    }
    log.append(delete(room, ada, reply));
    assertThat(refusal(log.apply(new LogCommand.Post(room, ada, "same", "Yes", other))))
        .isEqualTo(ProblemType.CLIENT_MESSAGE_ID_REUSED);
    assertThat(log.apply(new LogCommand.Post(room, ada, "same", "Yes", origin)))
        .isEqualTo(new CommandResult.Duplicate(reply, NOW));
    assertThat(log.current(room, origin).replies()).isZero();
  }

  @Test
  void aBatchPostsAnswersAndDeletesAtOnce() {
    RoomId room = log.room(ada, grace);
    LogCommand again = new LogCommand.Post(room, ada, "again", "kept", 3L);
    List<CommandResult> results =
        log.apply(
            List.of(
                log.reply(room, ada, 3, "too early"),
                log.post(room, ada, "Tea?"),
                log.reply(room, grace, 3, "batch-secret"),
                log.reply(room, grace, 4, "answers what is about to go"),
                delete(room, grace, 4),
                log.reply(room, grace, 4, "too late"),
                again,
                again,
                delete(room, ada, 3),
                log.reply(room, ada, 3, "too late")));
    assertThat(refusal(results.get(0))).isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
    assertThat(seq(results.get(2))).isEqualTo(4);
    assertThat(seq(results.get(4))).isEqualTo(6);
    assertThat(refusal(results.get(5))).isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(results.get(7)).isEqualTo(new CommandResult.Duplicate(7, NOW));
    assertThat(seq(results.get(8))).isEqualTo(8);
    assertThat(refusal(results.get(9))).isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(log.bodies()).noneMatch(body -> body.contains("batch-secret"));
    assertThat(log.current(room, 3).replies()).isEqualTo(1);
    assertThat(log.current(room, 3).deletion()).isNotNull();
    assertThat(log.current(room, 4).replies()).isEqualTo(1);
    assertThat(replies(room, 3)).containsExactly(7L);
  }

  @Test
  void repliesAreReadInPagesAsTheyAreNow() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Count"));
    long other = log.append(log.post(room, ada, "Do not count"));
    for (long seq = 4; seq < 20; seq += 2) {
      log.append(log.reply(room, ada, origin, "reply " + seq));
      log.append(log.reply(room, ada, other, "elsewhere " + seq));
    }
    log.append(edit(room, ada, 6, "edited"));
    log.append(delete(room, ada, 8));
    assertThat(replies(room, origin)).containsExactly(4L, 6L, 10L, 12L, 14L, 16L, 18L);
    assertThat(log.store.replies(room, NOBODY, origin, 4, 2))
        .isEqualTo(List.of(log.current(room, 6), log.current(room, 10)));
    assertThat(log.store.replies(room, NOBODY, origin, 18, 10)).isEmpty();
    assertThat(log.store.replies(room, NOBODY, origin, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(log.store.replies(room, NOBODY, 4, 0, 10)).isEmpty();
    assertThat(log.store.replies(log.room(ada), NOBODY, origin, 0, 10)).isEmpty();
  }

  @Test
  void entriesAtSomePlacesAreAsTheyAreNow() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Tea?"));
    long edited = log.append(edit(room, ada, origin, "Tea!"));
    long reply = log.append(log.reply(room, ada, origin, "Yes"));
    long deletion = log.append(delete(room, ada, reply));
    assertThat(log.store.current(room, NOBODY, List.of(99L, deletion, reply, edited, origin)))
        .isEqualTo(List.of(log.current(room, origin), log.current(room, reply)));
    assertThat(log.store.current(log.room(ada), NOBODY, List.of(origin))).isEmpty();
  }

  @Test
  void countsAreRebuiltFromTheLog() {
    RoomId room = log.room(ada);
    for (long seq = 2; seq < 60; seq++) {
      log.append(
          seq < 5
              ? log.post(room, ada, "origin")
              : log.reply(room, ada, 2 + seq % 3, "reply " + seq));
    }
    LongStream.of(3, 5, 6, 12).forEach(seq -> log.append(delete(room, ada, seq)));
    log.append(edit(room, ada, 2, "edited"));
    List<CurrentEntry> before = log.store.current(room, NOBODY, 0, 100);
    opened
        .database()
        .write(client ->
            client
                .sql("UPDATE message_now SET replies = seq * 7 WHERE room_id = ?")
                .param(room.toString())
                .update());
    assertThat(log.store.current(room, NOBODY, 0, 100)).isNotEqualTo(before);

    for (int placesAtOnce : new int[] {1, 7, 1_000}) {
      new JdbcMessageRebuild(opened.database(), JsonMapper.builder().build()).rebuild(placesAtOnce);
      assertThat(log.store.current(room, NOBODY, 0, 100)).isEqualTo(before);
    }
  }

  private List<Long> replies(RoomId room, long origin) {
    return log.store.replies(room, NOBODY, origin, 0, 1_000).stream()
        .map(reply -> reply.entry().seq())
        .toList();
  }
}
