package io.tercet.files.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.chat.FileEvent;
import io.tercet.files.database.Database;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Events that chat-service has not received yet, in the order in which they are due.
///
/// An event is written in the transaction that stores the file, and removed when chat-service has
/// answered, so it cannot be lost. Its `eventId` is the same in every attempt, and chat-service
/// writes it once, so it cannot appear twice.
///
/// A room hears of one file once in a window: what happens to the file meanwhile becomes one event,
/// with the newest version. The events of one person keep a pace; the files of a person who is too
/// far ahead of it are stored, and the room is not told.
///
/// A file of a message is not announced: chat-service learns of each of its versions, soon, and the
/// log of the room has no entry of it.
///
/// - Threading: safe.
@Component
public final class Outbox {
  private static final int COUNTED_MAX = 10_000;

  private final Database database;
  private final OutboxSettings settings;
  private final Clock clock;
  private final Counter untold;
  private final Semaphore wakeUps = new Semaphore(0);

  Outbox(Database database, OutboxSettings settings, Clock clock, MeterRegistry meters) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.untold =
        Counter.builder("tercet.outbox.untold")
            .description("Files that no event tells of, because their person stored too many")
            .register(meters);
  }

  /// The place of an event in the order.
  record Position(long dueAt, long place) {
    static final Position FIRST = new Position(Long.MIN_VALUE, 0);
  }

  record PendingEvent(Position position, FileEvent event) {}

  /// Adds an event for a file that was stored in a room; does nothing for a home folder. Call it in
  /// the transaction of the change, and [#wake] after the commit.
  ///
  /// - Errors: `too-fast` for a file that is not announced, of a person who stored too many of
  ///   them.
  public void add(Tree tree, Space space, Item.File file, Person person, boolean announced) {
    if (!(space instanceof Space.Room(UUID roomId))) {
      return;
    }
    Pending pending = new Pending(tree.newId(), roomId, person.personId(), file, announced);
    if (!announced) {
      insertForMessage(tree.jdbc(), pending, tree.now());
    } else if (!replacesWaiting(tree.jdbc(), pending)) {
      insertAnnounced(tree.jdbc(), pending, tree.now());
    }
  }

  private record Pending(
      UUID eventId, UUID roomId, UUID personId, Item.File file, boolean announced) {

    @Nullable Integer width() {
      Item.Pixels pixels = file.content().pixels();
      return pixels == null ? null : pixels.width();
    }

    @Nullable Integer height() {
      Item.Pixels pixels = file.content().pixels();
      return pixels == null ? null : pixels.height();
    }
  }

  private static boolean replacesWaiting(JdbcClient jdbc, Pending event) {
    Item.File file = event.file();
    return jdbc.sql(
                """
                update outbox set event_id = ?, person_id = ?, path = ?, name = ?, size = ?,
                  sha256 = ?, media_type = ?, version = ?, width = ?, height = ?
                  where file_id = ? and room_id = ? and announced = 1
                """)
            .params(
                event.eventId().toString(),
                event.personId().toString(),
                file.path().toString(),
                file.path().name(),
                file.content().size(),
                file.content().sha256(),
                file.content().mediaType(),
                file.version())
            .param(event.width())
            .param(event.height())
            .params(file.fileId().toString(), event.roomId().toString())
            .update()
        > 0;
  }

  private void insertAnnounced(JdbcClient jdbc, Pending event, Instant now) {
    OutboxPace pace = new OutboxPace(jdbc, settings);
    Instant due = pace.due(event.personId(), event.file().fileId(), now).orElse(null);
    if (due == null) {
      untold.increment();
      return;
    }
    insert(jdbc, event, now, due);
  }

  private void insertForMessage(JdbcClient jdbc, Pending event, Instant now) {
    Instant due =
        new OutboxPace(jdbc, settings)
            .dueForMessage(event.personId(), now)
            .orElseThrow(() ->
                ProblemException.retry(
                    ProblemType.TOO_FAST,
                    "These are too many files for messages in a short time.",
                    settings.personPause()));
    insert(jdbc, event, now, due);
  }

  private static void insert(JdbcClient jdbc, Pending event, Instant now, Instant due) {
    Item.File file = event.file();
    jdbc.sql(
            """
            insert into outbox (event_id, room_id, person_id, file_id, path, name, size, sha256,
              media_type, version, written_at, due_at, announced, width, height)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            event.eventId().toString(),
            event.roomId().toString(),
            event.personId().toString(),
            file.fileId().toString(),
            file.path().toString(),
            file.path().name(),
            file.content().size(),
            file.content().sha256(),
            file.content().mediaType(),
            file.version(),
            now.toEpochMilli(),
            due.toEpochMilli(),
            event.announced() ? 1 : 0)
        .param(event.width())
        .param(event.height())
        .update();
  }

  /// Wakes the sender.
  public void wake() {
    wakeUps.release();
  }

  /// Waits for [#wake], for at most the time given.
  void await(long millis) throws InterruptedException {
    if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  /// Events that are due, behind a position.
  List<PendingEvent> due(Position after, int limit) {
    return database.read(jdbc ->
        jdbc.sql(
                "select * from outbox where (due_at, place) > (?, ?) and due_at <= ?"
                    + " order by due_at, place limit ?")
            .params(after.dueAt(), after.place(), clock.millis(), limit)
            .query(Outbox::pending)
            .list());
  }

  private static PendingEvent pending(ResultSet row, int number) throws SQLException {
    return new PendingEvent(
        new Position(row.getLong("due_at"), row.getLong("place")),
        new FileEvent(
            UUID.fromString(row.getString("event_id")),
            UUID.fromString(row.getString("room_id")),
            UUID.fromString(row.getString("person_id")),
            UUID.fromString(row.getString("file_id")),
            number(row, "version"),
            row.getString("path"),
            new FileEvent.Content(
                row.getLong("size"),
                row.getString("sha256"),
                row.getString("media_type"),
                number(row, "width"),
                number(row, "height")),
            row.getInt("announced") == 1));
  }

  private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  /// How long it is until the next event is due; a long time if none waits.
  Duration untilNext() {
    Long due =
        database.read(jdbc ->
            jdbc.sql("select min(due_at) due from outbox")
                .query((row, _) -> {
                  long at = row.getLong("due");
                  return row.wasNull() ? Long.valueOf(Long.MAX_VALUE) : Long.valueOf(at);
                })
                .single());
    return Duration.ofMillis(Math.max(1, due - clock.millis()));
  }

  /// Removes an event that chat-service has. If a newer one has taken its row meanwhile, that one
  /// waits for the end of the window; no window follows a file that was not announced.
  void remove(PendingEvent sent) {
    FileEvent event = sent.event();
    Instant now = clock.instant();
    Instant quietUntil = now.plus(settings.fileWindow());
    database.writeToFree(jdbc -> {
      jdbc.sql("delete from outbox where place = ? and event_id = ?")
          .params(sent.position().place(), event.eventId().toString())
          .update();
      if (!event.announced()) {
        return true;
      }
      jdbc.sql("update outbox set due_at = ? where place = ?")
          .params(quietUntil.toEpochMilli(), sent.position().place())
          .update();
      new OutboxPace(jdbc, settings).told(event.fileId(), quietUntil, now);
      return true;
    });
  }

  /// How many events are not delivered yet; counts no further than [#COUNTED_MAX].
  public long backlog() {
    return database.read(Outbox::count);
  }

  private static long count(JdbcClient jdbc) {
    return jdbc.sql("select count(*) from (select 1 from outbox limit ?)")
        .param(COUNTED_MAX)
        .query(Long.class)
        .single();
  }
}
