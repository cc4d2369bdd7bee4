package io.tercet.files.catalog;

import io.tercet.files.database.Database;
import java.time.Clock;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// All spaces. Each piece of work runs in one transaction, on a [Tree].
///
/// - Threading: safe; see [Database].
@Component
public final class Catalog {
  private final Database database;
  private final Clock clock;
  private final Supplier<UUID> newIds;

  Catalog(Database database, Clock clock, Supplier<UUID> newIds) {
    this.database = database;
    this.clock = clock;
    this.newIds = newIds;
  }

  public <T extends @Nullable Object> T read(Function<Tree, T> work) {
    return database.read(jdbc -> work.apply(new Tree(jdbc, clock, newIds)));
  }

  /// Returns when all changes of the work are on disk; if the work fails, there are none.
  public <T extends @Nullable Object> T write(Function<Tree, T> work) {
    return database.write(jdbc -> work.apply(new Tree(jdbc, clock, newIds)));
  }

  /// Like [#write], for work that deletes: it works on a full disk, too.
  public <T extends @Nullable Object> T writeToFree(Function<Tree, T> work) {
    return database.writeToFree(jdbc -> work.apply(new Tree(jdbc, clock, newIds)));
  }

  /// Removes the contents that no file and no site uses any more.
  ///
  /// Call it after the commit that freed them: a crash between the two leaves unused bytes, and
  /// never removes used ones. `removal` runs inside a write transaction.
  public void removeUnused(
      Collection<String> contents, BiConsumer<String, BooleanSupplier> removal) {
    if (!contents.isEmpty()) {
      writeToFree(tree -> {
        contents.forEach(sha256 -> removal.accept(sha256, () -> tree.isUsed(sha256)));
        return contents.size();
      });
    }
  }
}
