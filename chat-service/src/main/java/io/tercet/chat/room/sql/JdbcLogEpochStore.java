package io.tercet.chat.room.sql;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.LogEpoch;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/// The epoch of the log in the database's table `log_epoch`, which a migration fills.
@Repository
class JdbcLogEpochStore implements LogEpoch.Store {

  private final Database database;

  JdbcLogEpochStore(Database database) {
    this.database = database;
  }

  @Override
  public String read() {
    return database.read(client ->
        client.sql("SELECT epoch FROM log_epoch WHERE only_row = 1").query(String.class).single());
  }

  @Override
  public void renew() {
    database.write(client ->
        client
            .sql("UPDATE log_epoch SET epoch = ? WHERE only_row = 1")
            .param(UUID.randomUUID().toString())
            .update());
  }
}
