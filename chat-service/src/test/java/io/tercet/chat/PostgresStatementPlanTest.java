package io.tercet.chat;

import io.tercet.chat.database.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("docker")
class PostgresStatementPlanTest extends StatementPlanContract {

  private static final Pattern SCAN = Pattern.compile(".*Seq Scan on (\\w+).*");

  @TempDir static Path folder;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    PostgresServer.addSettings(properties);
    limits(properties);
  }

  /// Autovacuum gathers them.
  @Override
  boolean plansWithoutStatistics() {
    return false;
  }

  @Override
  String tables() {
    return "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
  }

  @Override
  String emptyBytes() {
    return "''";
  }

  @Override
  List<String> wholeTables(List<String> plan) {
    return plan.stream()
        .map(SCAN::matcher)
        .filter(Matcher::matches)
        .map(scan -> scan.group(1))
        .toList();
  }

  @Override
  long costMax() {
    return 500;
  }
}
