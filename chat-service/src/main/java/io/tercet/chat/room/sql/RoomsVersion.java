package io.tercet.chat.room.sql;

import io.tercet.chat.people.PersonId;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The column `person.rooms_version`, by which replicas find out what no hint told them.
final class RoomsVersion {

  private RoomsVersion() {}

  /// Raises it, in the transaction of the change itself. The caller has locked the rooms before.
  static void raise(JdbcClient client, Collection<PersonId> changed) {
    if (!changed.isEmpty()) {
      client
          .sql("UPDATE person SET rooms_version = rooms_version + 1 WHERE person_id IN (:ids)")
          .param("ids", changed.stream().map(PersonId::toString).sorted().toList())
          .update();
    }
  }
}
