package io.tercet.files.http;

import io.tercet.files.blob.BlobStore;
import io.tercet.files.database.Database;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Reports "up" while the catalogue answers and bytes can be written.
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
    database.read(jdbc -> jdbc.sql("select 1").query(Integer.class).single());
    return blobs.isWritable() ? Health.up().build() : Health.down().build();
  }
}
