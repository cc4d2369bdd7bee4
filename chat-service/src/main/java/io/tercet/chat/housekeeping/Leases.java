package io.tercet.chat.housekeeping;

import io.tercet.chat.database.Database;
import java.time.Instant;
import org.springframework.stereotype.Repository;

/// Who holds a task until when, in the database's table `housekeeping`.
@Repository
class Leases {

  private final Database database;

  Leases(Database database) {
    this.database = database;
  }

  /// Takes a task, or keeps it; false if somebody else holds it.
  boolean take(String task, String holder, Instant now, Instant until) {
    return database.write(client ->
        client
                .sql(
                    """
                    INSERT INTO housekeeping (task, holder, held_until)
                    VALUES (:task, :holder, :until)
                    ON CONFLICT (task) DO UPDATE
                    SET holder = excluded.holder, held_until = excluded.held_until
                    WHERE housekeeping.holder = excluded.holder OR housekeeping.held_until <= :now
                    """)
                .param("task", task)
                .param("holder", holder)
                .param("until", until.toEpochMilli())
                .param("now", now.toEpochMilli())
                .update()
            == 1);
  }

  /// Lets go of everything that a holder holds.
  void release(String holder) {
    database.write(client ->
        client
            .sql("UPDATE housekeeping SET held_until = 0 WHERE holder = ?")
            .param(holder)
            .update());
  }
}
