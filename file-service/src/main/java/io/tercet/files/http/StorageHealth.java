package io.tercet.files.http;

import io.tercet.files.blob.BlobStore;
import io.tercet.files.database.Database;
import io.tercet.files.problem.ProblemException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Reports "up" while a row of the catalogue can be written, and bytes.
@Component("storage")
class StorageHealth implements HealthIndicator {
  private final Database database;
  private final BlobStore blobs;

  StorageHealth(Database database, BlobStore blobs) {
    this.database = database;
    this.blobs = blobs;
  }

  @Override
  public Health health() {
    try {
      database.probe();
    } catch (ProblemException e) {
      return Health.down(e).build();
    }
    return blobs.isWritable() ? Health.up().build() : Health.down().build();
  }
}
