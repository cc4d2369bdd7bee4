package io.tercet.files.outbox;

import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.chat.FileEvent;
import io.tercet.files.database.Database;
import io.tercet.files.identity.Person;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Events that chat-service has not received yet, oldest first.
///
/// An event is written in the transaction that stores the file, and removed when chat-service has
/// answered, so it cannot be lost. Its `eventId` is the same in every attempt, and chat-service
/// writes it once, so it cannot appear twice.
///
/// - Threading: safe.
@Component
public final class Outbox {
  private static final int COUNTED_MAX = 10_000;

  private final Database database;
  private final Semaphore wakeUps = new Semaphore(0);

  Outbox(Database database) {
    this.database = database;
  }

  record PendingEvent(long position, FileEvent event) {}

  /// Adds an event for a file that was stored in a room; does nothing for a home folder. Call it in
  /// the transaction of the change, and [#wake] after the commit.
  public void add(Tree tree, Space space, Item.File file, Person person) {
    if (!(space instanceof Space.Room(UUID roomId))) {
      return;
    }
    Item.Content content = file.content();
    tree.jdbc()
        .sql(
            """
            insert into outbox (event_id, room_id, person_id, file_id, path, name, size, sha256,
              media_type, written_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            tree.newId().toString(),
            roomId.toString(),
            person.personId().toString(),
            file.fileId().toString(),
            file.path().toString(),
            file.path().name(),
            content.size(),
            content.sha256(),
            content.mediaType(),
            tree.now().toEpochMilli())
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

  List<PendingEvent> after(long position, int limit) {
    return database.read(jdbc ->
        jdbc.sql("select * from outbox where place > ? order by place limit ?")
            .params(position, limit)
            .query((row, _) ->
                new PendingEvent(
                    row.getLong("place"),
                    new FileEvent(
                        UUID.fromString(row.getString("event_id")),
                        UUID.fromString(row.getString("room_id")),
                        UUID.fromString(row.getString("person_id")),
                        UUID.fromString(row.getString("file_id")),
                        row.getString("path"),
                        new FileEvent.Content(
                            row.getLong("size"),
                            row.getString("sha256"),
                            row.getString("media_type")))))
            .list());
  }

  void remove(long position) {
    database.writeToFree(
        jdbc -> jdbc.sql("delete from outbox where place = ?").param(position).update());
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
