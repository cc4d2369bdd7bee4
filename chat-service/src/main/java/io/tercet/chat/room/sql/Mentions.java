package io.tercet.chat.room.sql;

import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.MessageRules;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.RoomPermissions;
import io.tercet.chat.room.mention.MentionParser;
import io.tercet.chat.room.sql.Memberships.Membership;
import io.tercet.chat.room.sql.MessageChanges.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whom messages mention, during one transaction of the log: the table `mention`.
///
/// The table has a row for each person whom a message mentions by the text that it has now, or one
/// row for everybody. Before the first command this reads whose the names of the batch are; it
/// remembers what the batch changes, and writes all of it at the end.
///
/// Confined to the thread and the transaction that made it.
final class Mentions {

  /// Everybody in the room, in the column `person_id`.
  private static final String EVERYBODY = "";

  /// Rows, or names, in one statement. A row has four parameters; both databases allow far more.
  private static final int ROWS_MAX = 1_000;

  private final JdbcClient client;
  private final RoomPermissions permissions;
  private final Map<String, PersonId> people = new HashMap<>();
  private final Set<Place> replaced = new LinkedHashSet<>();
  private final Map<Place, List<Object[]>> written = new LinkedHashMap<>();

  Mentions(JdbcClient client, RoomPermissions permissions) {
    this.client = client;
    this.permissions = permissions;
  }

  /// Reads whose the names are that these commands have.
  void read(List<LogCommand> commands) {
    Set<String> keys = new TreeSet<>();
    for (LogCommand command : commands) {
      if (command instanceof LogCommand.Written text) {
        text.addressees().names().forEach(keys::addAll);
      }
    }
    List<String> asked = List.copyOf(keys);
    for (int from = 0; from < asked.size(); from += ROWS_MAX) {
      client
          .sql("SELECT name_key, person_id FROM person WHERE name_key IN (:keys)")
          .param("keys", asked.subList(from, Math.min(from + ROWS_MAX, asked.size())))
          .query(row -> {
            people.put(row.getString("name_key"), PersonId.of(row.getString("person_id")));
          });
    }
  }

  /// The people whom a text mentions if they are members.
  Set<PersonId> asked(LogCommand.Written text) {
    Set<PersonId> asked = new HashSet<>(present(text));
    for (List<String> keys : text.addressees().names()) {
      keys.stream().filter(people::containsKey).map(people::get).forEach(asked::add);
    }
    return asked;
  }

  /// Whom the text of a member mentions; null if nobody.
  Entry.@Nullable Mentions of(LogCommand.Written text, Role role, Memberships members) {
    Set<String> called = new LinkedHashSet<>();
    for (List<String> keys : text.addressees().names()) {
      keys.stream()
          .filter(key -> isSomebody(key, text.roomId(), members))
          .findFirst()
          .ifPresent(called::add);
    }
    boolean room = called.remove(MentionParser.ROOM) && permissions.mayMentionRoom(role);
    boolean here =
        called.remove(MentionParser.HERE)
            && text.addressees().present() != null
            && permissions.mayMentionHere(text.person());
    PersonId self = text.person().personId();
    Set<PersonId> mentioned = new LinkedHashSet<>();
    called.stream()
        .map(people::get)
        .filter(each -> !self.equals(each))
        .limit(MessageRules.NAMED_MAX)
        .forEach(mentioned::add);
    if (here) {
      present(text).stream()
          .filter(each -> !self.equals(each))
          .filter(each -> members.contains(new Membership(text.roomId(), each)))
          .forEach(mentioned::add);
    }
    return mentioned.isEmpty() && !room && !here
        ? null
        : new Entry.Mentions(List.copyOf(mentioned), room, here);
  }

  private boolean isSomebody(String key, RoomId roomId, Memberships members) {
    PersonId personId = people.get(key);
    return key.equals(MentionParser.ROOM)
        || key.equals(MentionParser.HERE)
        || (personId != null && members.contains(new Membership(roomId, personId)));
  }

  private static List<PersonId> present(LogCommand.Written text) {
    List<PersonId> present = text.addressees().present();
    return present == null ? List.of() : present;
  }

  /// A new message mentions these people.
  void add(Place message, PersonId author, Entry.@Nullable Mentions mentions) {
    if (mentions != null) {
      written.put(message, rows(message, author, mentions));
    }
  }

  /// A message that mentioned those people mentions these instead.
  void replace(
      Place message,
      PersonId author,
      Entry.@Nullable Mentions before,
      Entry.@Nullable Mentions now) {
    if (before != null || now != null) {
      replaced.add(message);
      written.remove(message);
      add(message, author, now);
    }
  }

  /// Writes what changed.
  void write() {
    if (!replaced.isEmpty()) {
      client
          .sql("DELETE FROM mention WHERE (room_id, seq) IN (VALUES :replaced)")
          .param("replaced", replaced.stream().map(Place::key).toList())
          .update();
    }
    insert(client, written.values().stream().flatMap(List::stream).toList());
  }

  /// Inserts [#rows].
  static void insert(JdbcClient client, List<Object[]> rows) {
    for (int from = 0; from < rows.size(); from += ROWS_MAX) {
      client
          .sql("INSERT INTO mention (room_id, seq, person_id, author_id) VALUES :rows")
          .param("rows", rows.subList(from, Math.min(from + ROWS_MAX, rows.size())))
          .update();
    }
  }

  /// The rows of a message. One for everybody stands for those who are named, too.
  static List<Object[]> rows(Place message, PersonId author, Entry.Mentions mentions) {
    List<String> people =
        mentions.room()
            ? List.of(EVERYBODY)
            : mentions.people().stream().map(PersonId::toString).toList();
    List<Object[]> rows = new ArrayList<>(people.size());
    for (String person : people) {
      rows.add(
          new Object[] {message.roomId().toString(), message.seq(), person, author.toString()});
    }
    return rows;
  }
}
