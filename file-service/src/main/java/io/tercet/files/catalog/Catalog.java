package io.tercet.files.catalog;

import io.tercet.files.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// All spaces; what is done to them is done in one transaction, on a [Tree].
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

  /// Returns once what the work changed is on disk; all of it is, or nothing.
  public <T extends @Nullable Object> T write(Function<Tree, T> work) {
    return database.write(jdbc -> work.apply(new Tree(jdbc, clock, newIds)));
  }

  /// Removes those contents that nothing holds any more.
  ///
  /// To be called after the commit that let go of them: a crash between the two leaves bytes too
  /// many, never too few. `removal` runs where no other transaction can commit.
  public void removeUnused(List<String> contents, BiConsumer<String, BooleanSupplier> removal) {
    if (!contents.isEmpty()) {
      write(tree -> {
        contents.forEach(sha256 -> removal.accept(sha256, () -> tree.isUsed(sha256)));
        return contents.size();
      });
    }
  }
}
