package io.tercet.chat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class SqliteStatementPlanTest extends StatementPlanContract {

  private static final Pattern TEMPORARY = Pattern.compile("(?:CO-ROUTINE|MATERIALIZE) (\\w+)");
  private static final Pattern SCAN =
      Pattern.compile("SCAN (?!CONSTANT|\\d+ CONSTANT|\\d+-ROW VALUES)(\\w+).*");

  @TempDir static Path folder;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat.db"));
    limits(properties);
  }

  /// Nothing here makes SQLite gather any.
  @Override
  boolean plansWithoutStatistics() {
    return true;
  }

  @Override
  String tables() {
    return "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  }

  @Override
  String emptyBytes() {
    return "x''";
  }

  @Override
  List<String> wholeTables(List<String> plan) {
    Set<String> temporary = new HashSet<>();
    List<String> whole = new ArrayList<>();
    for (String line : plan) {
      Matcher scan = SCAN.matcher(line);
      Matcher made = TEMPORARY.matcher(line);
      if (made.matches()) {
        temporary.add(made.group(1));
      } else if (scan.matches()) {
        whole.add(scan.group(1));
      }
    }
    whole.removeAll(temporary);
    return whole;
  }

  @Override
  long costMax() {
    // A connection that reads the schema again, with its statistics, spends up to 17,000, for
    // whatever statement comes first; one that reads a table of 20,000 rows spends 60,000 at least.
    return 30_000;
  }
}
