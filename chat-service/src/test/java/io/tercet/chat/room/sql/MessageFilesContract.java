package io.tercet.chat.room.sql;

import static io.tercet.chat.room.sql.TestLog.NOBODY;
import static io.tercet.chat.room.sql.TestLog.NOW;
import static io.tercet.chat.room.sql.TestLog.delete;
import static io.tercet.chat.room.sql.TestLog.edit;
import static io.tercet.chat.room.sql.TestLog.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.file.ConfirmedFileStore;
import io.tercet.chat.room.sql.message.TestFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for messages with files.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MessageFilesContract {

  private static final int PER_PERSON_MAX = 1_000;

  private TestDatabases.Opened opened;
  private TestLog log;
  private ConfirmedFileStore files;
  private Person ada;
  private Person grace;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openLog() {
    opened = open();
    log = new TestLog(opened.database());
    files = TestFiles.store(opened.database());
    ada = log.person("ada");
    grace = log.person("grace");
  }

  @AfterAll
  void closeLog() {
    opened.close().run();
  }

  @Test
  void aMessageHasItsFilesInTheirOrderAsTheServiceOfFilesSaidThem() {
    RoomId room = log.room(ada);
    FileReference first = confirm(room, ada);
    FileReference second = confirm(room, ada);
    FileReference unknownSize =
        new FileReference(UUID.randomUUID().toString(), 7, "a/notes", "notes", 0, "cd", "a/b");
    files.add(room, ada.personId(), unknownSize, NOW, PER_PERSON_MAX);

    CommandResult sent = log.apply(post(room, ada, "id", "", second, unknownSize, first));

    Entry entry =
        new Entry(
            2,
            ada.personId(),
            "ada",
            NOW,
            new Entry.Message("id", "", null, List.of(second, unknownSize, first)));
    assertThat(sent).isEqualTo(new CommandResult.Appended(entry));
    assertThat(log.store.after(room, 1, 10)).containsExactly(entry);
    assertThat(log.current(room, 2))
        .isEqualTo(new CurrentEntry(entry, null, null, List.of(), 0, null, 2));
  }

  @Test
  void aFileIsConfirmedInItsRoomAndVersionOnly() {
    RoomId room = log.room(ada);
    FileReference known = confirm(room, ada);
    FileReference elsewhere = confirm(log.room(ada), ada);
    FileReference newer = TestFiles.file(known.fileId(), 2);
    for (FileReference unknown :
        List.of(elsewhere, newer, TestFiles.file(UUID.randomUUID().toString(), 1))) {
      assertThat(refusal(log.apply(post(room, ada, "id", "text", known, unknown))))
          .isEqualTo(ProblemType.FILE_NOT_CONFIRMED);
    }
    assertThat(log.store.after(room, 1, 10)).as("nothing was written").isEmpty();
    assertThat(log.append(post(room, ada, "id", "text", known))).isEqualTo(2);
  }

  @Test
  void onlyWhoStoredAFileSendsIt() {
    RoomId room = log.room(ada, grace);
    FileReference file = confirm(room, grace);
    assertThat(refusal(log.apply(post(room, ada, "id", "", file))))
        .isEqualTo(ProblemType.UPLOADER_ONLY);
    log.append(post(room, grace, "id", "", file));
    assertThat(refusal(log.apply(post(room, ada, "id", "", file))))
        .isEqualTo(ProblemType.UPLOADER_ONLY);
    Person eve = log.person("eve");
    FileReference ofEve = confirm(room, eve);
    assertThat(refusal(log.apply(post(room, eve, "id", "", ofEve))))
        .as("who is no member")
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
  }

  @Test
  void aFileIsInOneMessageAlsoWithinABatch() {
    RoomId room = log.room(ada);
    FileReference file = confirm(room, ada);
    FileReference other = confirm(room, ada);
    List<CommandResult> results =
        log.apply(
            List.of(
                post(room, ada, "one", "", file),
                post(room, ada, "two", "", other, file),
                post(room, ada, "one", "", file)));
    assertThat(TestLog.seq(results.get(0))).isEqualTo(2);
    assertThat(refusal(results.get(1))).isEqualTo(ProblemType.FILE_IN_MESSAGE);
    assertThat(results.get(2)).isEqualTo(new CommandResult.Duplicate(2, NOW));
    assertThat(refusal(log.apply(post(room, ada, "two", "", other, file))))
        .isEqualTo(ProblemType.FILE_IN_MESSAGE);
    files.add(room, ada.personId(), file, NOW, PER_PERSON_MAX);
    assertThat(refusal(log.apply(post(room, ada, "two", "", file))))
        .as("confirmed again, after a lost answer")
        .isEqualTo(ProblemType.FILE_IN_MESSAGE);
    assertThat(log.append(post(room, ada, "two", "", other))).isEqualTo(3);
  }

  @Test
  void anIdStandsForOneTextAndTheSameFiles() {
    RoomId room = log.room(ada);
    FileReference first = confirm(room, ada);
    FileReference second = confirm(room, ada);
    LogCommand sent = post(room, ada, "id", "text", first, second);
    log.append(sent);
    assertThat(log.apply(sent)).isEqualTo(new CommandResult.Duplicate(2, NOW));
    for (LogCommand other :
        List.of(
            post(room, ada, "id", "text", second, first),
            post(room, ada, "id", "text", first),
            post(room, ada, "id", "text"),
            post(room, ada, "id", "", first, second))) {
      assertThat(refusal(log.apply(other))).isEqualTo(ProblemType.CLIENT_MESSAGE_ID_REUSED);
    }
    assertThat(refusal(log.apply(replyWith(room, "id", "text", 2L, first, second))))
        .isEqualTo(ProblemType.CLIENT_MESSAGE_ID_REUSED);
    log.append(delete(room, ada, 2));
    assertThat(log.apply(sent)).isEqualTo(new CommandResult.Duplicate(2, NOW));
  }

  @Test
  void anEditChangesTheTextAndMayEmptyIt() {
    RoomId room = log.room(ada);
    FileReference file = confirm(room, ada);
    long message = log.append(post(room, ada, "id", "The engine", file));
    log.append(edit(room, ada, message, ""));
    assertThat(log.text(room, message)).isEmpty();
    assertThat(filesOf(room, message)).containsExactly(file);
    log.append(edit(room, ada, message, "The other engine"));
    assertThat(log.text(room, message)).isEqualTo("The other engine");
    assertThat(filesOf(room, message)).containsExactly(file);

    long plain = log.append(log.post(room, ada, "text"));
    assertThat(refusal(log.apply(edit(room, ada, plain, "")))).isEqualTo(ProblemType.MESSAGE_EMPTY);
    FileReference another = confirm(room, ada);
    List<CommandResult> results =
        log.apply(
            List.of(post(room, ada, "batch", "text", another), edit(room, ada, plain + 1, "")));
    assertThat(TestLog.seq(results.getLast())).isEqualTo(plain + 2);
  }

  @Test
  void deletingAMessageTakesItsFilesOutOfTheDatabase() {
    RoomId room = log.room(ada);
    FileReference file = confirm(room, ada);
    long message = log.append(post(room, ada, "id", "", file));
    assertThat(everythingAboutFiles()).anyMatch(text -> text.contains(file.fileId() + ".png"));
    log.append(delete(room, ada, message));
    assertThat(everythingAboutFiles()).noneMatch(text -> text.contains(file.fileId() + ".png"));
    assertThat(log.store.after(room, 1, 1).getFirst().content())
        .isEqualTo(new Entry.Message("id", ""));
    assertThat(filesOf(room, message)).isEmpty();
    assertThat(refusal(log.apply(post(room, ada, "again", "", file))))
        .isEqualTo(ProblemType.FILE_IN_MESSAGE);

    FileReference inBatch = confirm(room, ada);
    log.apply(List.of(post(room, ada, "batch", "", inBatch), delete(room, ada, message + 2)));
    assertThat(log.current(room, message + 2).deletion()).isNotNull();
    assertThat(everythingAboutFiles()).noneMatch(text -> text.contains(inBatch.fileId() + ".png"));
  }

  @Test
  void aReplyOfFilesAloneIsAReplyUntilItIsDeleted() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Which one?"));
    FileReference file = confirm(room, ada);
    long reply = log.append(replyWith(room, "id", "", origin, file));
    long later = log.append(replyWith(room, "later", "", origin, confirm(room, ada)));
    assertThat(log.current(room, origin).replies()).isEqualTo(2);
    assertThat(log.store.replies(room, NOBODY, origin, 0, 10))
        .containsExactly(log.current(room, reply), log.current(room, later));
    log.append(delete(room, ada, later));
    assertThat(log.current(room, origin).replies()).isEqualTo(1);
    assertThat(log.store.replies(room, NOBODY, origin, 0, 10))
        .containsExactly(log.current(room, reply));
  }

  @Test
  void aRebuildTakesNoMessageWithFilesAloneForDeleted() {
    RoomId room = log.room(ada);
    long origin = log.append(log.post(room, ada, "Which one?"));
    long reply = log.append(replyWith(room, "id", "", origin, confirm(room, ada)));
    long deleted = log.append(replyWith(room, "deleted", "", origin, confirm(room, ada)));
    log.append(delete(room, ada, deleted));
    List<CurrentEntry> before = log.store.current(room, NOBODY, 0, 100);
    for (int placesAtOnce : new int[] {1, 1_000}) {
      new JdbcMessageRebuild(opened.database(), JsonMapper.builder().build()).rebuild(placesAtOnce);
      assertThat(log.store.current(room, NOBODY, 0, 100)).isEqualTo(before);
    }
    assertThat(log.store.replies(room, NOBODY, origin, 0, 10))
        .containsExactly(log.current(room, reply));
  }

  @Test
  void theFilesOfAMessageHaveABoundedLength() {
    RoomId room = log.room(ada);
    List<FileReference> long10 = new ArrayList<>();
    for (int each = 0; each < 10; each++) {
      String id = UUID.randomUUID().toString();
      FileReference file =
          new FileReference(id, 1, "图".repeat(500), "图".repeat(80), 5, "ab", "image/png");
      files.add(room, ada.personId(), file, NOW, PER_PERSON_MAX);
      long10.add(file);
    }
    assertThat(refusal(log.apply(post(room, ada, "id", "", long10.toArray(FileReference[]::new)))))
        .isEqualTo(ProblemType.TOO_LARGE);
    log.append(post(room, ada, "id", "", long10.subList(0, 5).toArray(FileReference[]::new)));
  }

  @Test
  void ofWhatNoMessageHasTheNewestFilesOfAPersonAreKept() {
    RoomId room = log.room(ada, grace);
    FileReference ofGrace = confirm(room, grace);
    List<FileReference> stored = new ArrayList<>();
    for (int each = 0; each < 5; each++) {
      FileReference file = TestFiles.file(UUID.randomUUID().toString(), 1);
      files.add(room, ada.personId(), file, NOW.plusMillis(each), 3);
      stored.add(file);
      if (each == 0) {
        log.append(post(room, ada, "taken", "", file));
      }
    }
    assertThat(refusal(log.apply(post(room, ada, "id", "", stored.get(1)))))
        .isEqualTo(ProblemType.FILE_NOT_CONFIRMED);
    assertThat(refusal(log.apply(post(room, ada, "id", "", stored.getFirst()))))
        .as("one that a message has does not count")
        .isEqualTo(ProblemType.FILE_IN_MESSAGE);
    log.append(post(room, ada, "id", "", stored.subList(2, 5).toArray(FileReference[]::new)));
    log.append(post(room, grace, "id", "", ofGrace));
  }

  @Test
  void filesThatAreTooOldAreForgottenAFewAtATime() {
    RoomId room = log.room(ada);
    Instant old = NOW.minus(Duration.ofDays(300));
    List<FileReference> stored = new ArrayList<>();
    for (int each = 0; each < 5; each++) {
      FileReference file = TestFiles.file(UUID.randomUUID().toString(), 1);
      files.add(room, ada.personId(), file, old.plusMillis(each), PER_PERSON_MAX);
      stored.add(file);
    }
    long message = log.append(post(room, ada, "taken", "", stored.get(0)));
    assertThat(files.removeOlder(old.plusMillis(4), 3)).isEqualTo(3);
    assertThat(files.removeOlder(old.plusMillis(4), 3)).isEqualTo(1);
    assertThat(files.removeOlder(old.plusMillis(4), 3)).isZero();
    assertThat(filesOf(room, message)).containsExactly(stored.get(0));
    assertThat(refusal(log.apply(post(room, ada, "id", "", stored.get(3)))))
        .isEqualTo(ProblemType.FILE_NOT_CONFIRMED);
    log.append(post(room, ada, "id", "", stored.get(4)));
  }

  private FileReference confirm(RoomId room, Person uploader) {
    FileReference file = TestFiles.file(UUID.randomUUID().toString(), 1);
    files.add(room, uploader.personId(), file, NOW, PER_PERSON_MAX);
    return file;
  }

  private static LogCommand post(
      RoomId room, Person sender, String id, String text, FileReference... files) {
    return new LogCommand.Post(room, sender, id, text, null, ids(files));
  }

  private LogCommand replyWith(
      RoomId room, String id, String text, @Nullable Long replyTo, FileReference... files) {
    return new LogCommand.Post(room, ada, id, text, replyTo, ids(files));
  }

  private static List<FileReference.Id> ids(FileReference... files) {
    return Stream.of(files).map(TestFiles::id).toList();
  }

  private List<FileReference> filesOf(RoomId room, long seq) {
    return ((Entry.Message) log.current(room, seq).entry().content()).files();
  }

  /// Whatever text the database has about files.
  private List<String> everythingAboutFiles() {
    return opened
        .database()
        .read(client ->
            client
                .sql(
                    """
                    SELECT files FROM entry WHERE files IS NOT NULL
                    UNION ALL SELECT file FROM confirmed_file WHERE file IS NOT NULL
                    """)
                .query(String.class)
                .list());
  }
}
