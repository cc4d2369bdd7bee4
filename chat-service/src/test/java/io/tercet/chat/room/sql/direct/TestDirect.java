package io.tercet.chat.room.sql.direct;

import io.tercet.chat.database.Database;
import io.tercet.chat.room.direct.DirectConversationStore;
import io.tercet.chat.room.direct.DirectSettings;

/// Direct conversations for the tests of the log.
public final class TestDirect {

  private TestDirect() {}

  public static DirectConversationStore over(Database database, DirectSettings settings) {
    return new JdbcDirectConversationStore(database, settings);
  }
}
