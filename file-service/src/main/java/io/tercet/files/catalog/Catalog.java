package io.tercet.files.catalog;

import io.tercet.files.database.Database;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// All spaces. Each piece of work runs in one transaction, on a [Tree].
///
/// - Threading: safe; see [Database].
@Component
@EnableConfigurationProperties(CatalogSettings.class)
public final class Catalog {
  private final Database database;
  private final Clock clock;
  private final Supplier<UUID> newIds;
  private final CatalogSettings settings;

  Catalog(Database database, Clock clock, Supplier<UUID> newIds, CatalogSettings settings) {
    this.database = database;
    this.clock = clock;
    this.newIds = newIds;
    this.settings = settings;
  }

  public <T extends @Nullable Object> T read(Function<Tree, T> work) {
    return database.read(jdbc -> work.apply(new Tree(jdbc, clock, newIds, settings)));
  }

  /// Returns when all changes of the work are on disk; if the work fails, there are none.
  public <T extends @Nullable Object> T write(Function<Tree, T> work) {
    return database.write(jdbc -> work.apply(new Tree(jdbc, clock, newIds, settings)));
  }

  /// Like [#write], for work that deletes: it works on a full disk, too.
  public <T extends @Nullable Object> T writeToFree(Function<Tree, T> work) {
    return database.writeToFree(jdbc -> work.apply(new Tree(jdbc, clock, newIds, settings)));
  }
}
