package io.tercet.files.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.files.catalog.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An item as JSON; contracts/http.md, Files.
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemBody(
    UUID fileId,
    String path,
    String name,
    String kind,
    @Nullable Long size,
    @Nullable String sha256,
    @Nullable String mediaType,
    Instant modifiedAt,
    int version) {

  static ItemBody of(Item item) {
    String path = item.path().toString();
    String name = item.path().name();
    return switch (item) {
      case Item.Folder f ->
          new ItemBody(
              f.fileId(), path, name, "folder", null, null, null, f.modifiedAt(), f.version());
      case Item.File(UUID id, _, Instant at, int version, Item.Content c) ->
          new ItemBody(id, path, name, "file", c.size(), c.sha256(), c.mediaType(), at, version);
    };
  }
}
