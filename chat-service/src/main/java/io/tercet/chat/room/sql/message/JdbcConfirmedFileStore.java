package io.tercet.chat.room.sql.message;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.file.ConfirmedFileStore;
import java.time.Instant;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Confirmed files in the table `confirmed_file`; [MessageFiles] gives them to messages.
@Repository
class JdbcConfirmedFileStore implements ConfirmedFileStore {

  /// More than a person has past the limit, unless the limit was lowered; then a few confirmations
  /// remove the rest.
  private static final int FORGOTTEN_MAX = 10;

  private final Database database;
  private final FilesJson json;

  JdbcConfirmedFileStore(Database database, JsonMapper json) {
    this.database = database;
    this.json = new FilesJson(json);
  }

  @Override
  public void add(
      RoomId roomId, PersonId uploader, FileReference file, Instant now, int perPersonMax) {
    database.write(client -> {
      int added =
          client
              .sql(
                  """
                  INSERT INTO confirmed_file
                    (file_id, version, room_id, person_id, confirmed_at, file)
                  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (file_id, version) DO NOTHING
                  """)
              .params(
                  file.fileId(),
                  Objects.requireNonNull(file.version()),
                  roomId.toString(),
                  uploader.toString(),
                  now.toEpochMilli(),
                  json.write(file))
              .update();
      return added == 0 ? 0 : forgetOldest(client, uploader, perPersonMax);
    });
  }

  private static int forgetOldest(JdbcClient client, PersonId uploader, int perPersonMax) {
    return client
        .sql(
            """
            DELETE FROM confirmed_file WHERE (file_id, version) IN (
              SELECT file_id, version FROM confirmed_file
              WHERE person_id = ? AND seq IS NULL
              ORDER BY confirmed_at DESC LIMIT ? OFFSET ?)
            """)
        .params(uploader.toString(), FORGOTTEN_MAX, perPersonMax)
        .update();
  }

  @Override
  public int removeOlder(Instant time, int limit) {
    return database.write(client ->
        client
            .sql(
                """
                DELETE FROM confirmed_file WHERE (file_id, version) IN (
                  SELECT file_id, version FROM confirmed_file
                  WHERE confirmed_at < ? ORDER BY confirmed_at LIMIT ?)
                """)
            .params(time.toEpochMilli(), limit)
            .update());
  }
}
