package io.tercet.chat.room.sql;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.MessageSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// The log in the database's table `entry`; [LogTransaction] writes a batch. What later
/// entries made of messages is in the tables `message_now` and `reaction`.
@Repository
@EnableConfigurationProperties(MessageSettings.class)
class JdbcLogStore implements LogStore {

  private final Database database;
  private final MessageSettings settings;
  private final EntryRowMapper rows;

  JdbcLogStore(Database database, MessageSettings settings, JsonMapper json) {
    this.database = database;
    this.settings = settings;
    this.rows = new EntryRowMapper(json);
  }

  @Override
  public CompletableFuture<List<CommandResult>> apply(List<LogCommand> commands, Instant now) {
    String rowLock = database.rowLock();
    return database.commit(
        client -> new LogTransaction(client, rowLock, rows, settings, now).apply(commands));
  }

  @Override
  public List<Entry> after(RoomId roomId, long after, int limit) {
    return database.read(client ->
        client
            .sql(EntryRowMapper.SELECT + "WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?")
            .params(roomId.toString(), after, limit)
            .query(rows::read)
            .list());
  }

  @Override
  public List<Entry> before(RoomId roomId, long before, int limit) {
    List<Entry> newestFirst =
        database.read(client ->
            client
                .sql(
                    EntryRowMapper.SELECT
                        + "WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?")
                .params(roomId.toString(), before, limit)
                .query(rows::read)
                .list());
    return new ArrayList<>(newestFirst).reversed();
  }

  @Override
  public List<CurrentEntry> current(RoomId roomId, PersonId viewer, long from, long to) {
    return database.read(client ->
        client
            .sql(EntryRowMapper.SELECT_CURRENT)
            .param("room", roomId.toString())
            .param("viewer", viewer.toString())
            .param("from", from)
            .param("to", to)
            .query(rows::readCurrent)
            .list());
  }

  @Override
  public List<CurrentEntry> current(RoomId roomId, PersonId viewer, Collection<Long> seqs) {
    return database.read(client ->
        client
            .sql(EntryRowMapper.SELECT_CURRENT_AT)
            .param("room", roomId.toString())
            .param("viewer", viewer.toString())
            .param("seqs", seqs)
            .query(rows::readCurrent)
            .list());
  }

  @Override
  public List<CurrentEntry> replies(
      RoomId roomId, PersonId viewer, long origin, long after, int limit) {
    return database.read(client ->
        client
            .sql(EntryRowMapper.SELECT_REPLIES)
            .param("room", roomId.toString())
            .param("viewer", viewer.toString())
            .param("origin", origin)
            .param("after", after)
            .param("limit", limit)
            .query(rows::readCurrent)
            .list());
  }

  @Override
  public List<CurrentEntry> pinned(RoomId roomId, PersonId viewer, int limit) {
    return database.read(client ->
        client
            .sql(EntryRowMapper.SELECT_PINNED)
            .param("room", roomId.toString())
            .param("viewer", viewer.toString())
            .param("limit", limit)
            .query(rows::readCurrent)
            .list());
  }

  @Override
  public Map<RoomId, Long> lastSeqs(Collection<RoomId> roomIds) {
    Map<RoomId, Long> lastSeqs = HashMap.newHashMap(roomIds.size());
    database.read(client -> {
      client
          .sql("SELECT room_id, last_seq FROM room WHERE room_id IN (:rooms)")
          .param("rooms", roomIds.stream().map(RoomId::toString).toList())
          .query(row -> {
            lastSeqs.put(RoomId.of(row.getString("room_id")), row.getLong("last_seq"));
          });
      return lastSeqs;
    });
    return lastSeqs;
  }

  @Override
  public boolean isShared() {
    return database.isShared();
  }
}
