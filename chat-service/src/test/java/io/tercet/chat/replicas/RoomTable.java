package io.tercet.chat.replicas;

import io.tercet.chat.history.LogEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The truth: what PostgreSQL has of each room.
final class RoomTable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RoomTable() {}

  static Map<String, List<LogEntry>> logs(ReplicaNetwork network, List<String> rooms)
      throws SQLException {
    Map<String, List<LogEntry>> logs = new HashMap<>();
    try (Connection connection = network.connect()) {
      for (String room : rooms) {
        logs.put(room, log(connection, room));
      }
    }
    return logs;
  }

  private static List<LogEntry> log(Connection connection, String room) throws SQLException {
    List<LogEntry> log = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT seq, kind, person_id, client_message_id, body, reply_to FROM entry"
                + " WHERE room_id = ? ORDER BY seq")) {
      query.setString(1, room);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          log.add(entry(row));
        }
      }
    }
    return log;
  }

  private static LogEntry entry(ResultSet row) throws SQLException {
    long seq = row.getLong(1);
    String kind = row.getString(2);
    String person = row.getString(3);
    String body = row.getString(5);
    return switch (kind) {
      case LogEntry.EDITED,
          LogEntry.DELETED,
          LogEntry.REACTED,
          LogEntry.UNREACTED,
          LogEntry.PINNED,
          LogEntry.UNPINNED ->
          LogEntry.concerning(seq, person, kind, JSON.readTree(body));
      // A message that answers none has NULL, which is read as 0.
      default -> new LogEntry(seq, kind, person, row.getString(4), body, row.getLong(6));
    };
  }

  /// Up to where each person has read each room of which they are a member.
  static Map<String, Map<String, Long>> places(ReplicaNetwork network) throws SQLException {
    Map<String, Map<String, Long>> places = new HashMap<>();
    try (Connection connection = network.connect();
        PreparedStatement query =
            connection.prepareStatement("SELECT person_id, room_id, read_seq FROM member");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        places
            .computeIfAbsent(row.getString(1), person -> new HashMap<>())
            .put(row.getString(2), row.getLong(3));
      }
    }
    return places;
  }

  /// The newest `seq` of each room.
  static Map<String, Long> newest(ReplicaNetwork network, List<String> rooms) throws SQLException {
    Map<String, Long> newest = new HashMap<>();
    try (Connection connection = network.connect();
        PreparedStatement query =
            connection.prepareStatement("SELECT last_seq FROM room WHERE room_id = ?")) {
      for (String room : rooms) {
        query.setString(1, room);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          newest.put(room, row.getLong(1));
        }
      }
    }
    return newest;
  }
}
