package io.tercet.files.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// When a room may hear of a file: once in a window for one file, and at the pace of its person.
///
/// The pace is a leaky bucket: `free` is when the bucket of a person is empty again. Confined to
/// one transaction.
///
/// Source: the generic cell rate algorithm, ITU-T I.371.
final class OutboxPace {
  private static final int FORGOTTEN_AT_ONCE = 10;

  private final JdbcClient jdbc;
  private final OutboxSettings settings;

  OutboxPace(JdbcClient jdbc, OutboxSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /// When an event of this person about this file is due; empty if that is too far away.
  Optional<Instant> due(UUID person, UUID file, Instant now) {
    return paced(person.toString(), now).map(due -> later(until(file.toString()), due));
  }

  /// The same for a file of a message, of which the log has no entry. Such files have a pace of
  /// their own: other files of the person do not delay them.
  Optional<Instant> dueForMessage(UUID person, Instant now) {
    return paced(person + "/messages", now);
  }

  private Optional<Instant> paced(String person, Instant now) {
    Instant free = later(until(person), now).plus(settings.personPause());
    Duration burst = settings.personPause().multipliedBy(settings.personBurst());
    Instant due = later(free.minus(burst), now);
    if (due.isAfter(now.plus(settings.delayMax()))) {
      return Optional.empty();
    }
    set(person, free);
    return Optional.of(due);
  }

  /// Notes that a room heard of a file, and forgets some notes that have no effect any more.
  void told(UUID file, Instant quietUntil, Instant now) {
    set(file.toString(), quietUntil);
    jdbc.sql(
            "delete from outbox_pace where subject in"
                + " (select subject from outbox_pace where until < ? order by until limit ?)")
        .params(now.toEpochMilli(), FORGOTTEN_AT_ONCE)
        .update();
  }

  private Instant until(String subject) {
    return jdbc.sql("select until from outbox_pace where subject = ?")
        .param(subject)
        .query((row, _) -> Instant.ofEpochMilli(row.getLong("until")))
        .optional()
        .orElse(Instant.EPOCH);
  }

  private void set(String subject, Instant until) {
    jdbc.sql(
            "insert into outbox_pace (subject, until) values (?, ?)"
                + " on conflict (subject) do update set until = excluded.until")
        .params(subject, until.toEpochMilli())
        .update();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
