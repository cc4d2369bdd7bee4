package io.tercet.chat.database;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A statement that ran, how the database ran it, and where the service makes it.
///
/// @param site class and line of the call of `JdbcClient.sql`
/// @param plan the lines of the database's explanation
/// @param cost instructions that SQLite executed, or the cost that PostgreSQL expects
public record ExplainedStatement(String site, String sql, List<String> plan, AtomicLong cost) {

  @Override
  public String toString() {
    return site
        + ", cost "
        + cost
        + "\n    "
        + sql.strip().replaceAll("\\s+", " ")
        + "\n    "
        + String.join("\n    ", plan);
  }
}
