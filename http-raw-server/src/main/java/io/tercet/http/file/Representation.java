package io.tercet.http.file;

import io.tercet.http.negotiation.ContentCoding;
import org.jspecify.annotations.Nullable;

/// One form in which a file can be sent.
///
/// @param path where its bytes are in the tree
/// @param tag of the bytes, to see whether they are still the same
/// @param content in memory; null for a file that is opened for each response
public record Representation(
    RepresentationMetadata representation,
    String path,
    String tag,
    FileContent.@Nullable InMemory content) {

  ContentCoding coding() {
    return representation.coding();
  }

  /// Bytes of memory that it takes, about.
  long bytes() {
    FileContent.InMemory kept = content;
    return representation.fields().length() + (kept == null ? 0 : kept.body().length());
  }
}
