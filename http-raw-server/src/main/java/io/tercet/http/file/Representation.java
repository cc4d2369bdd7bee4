package io.tercet.http.file;

import io.tercet.http.negotiation.ContentCoding;
import org.jspecify.annotations.Nullable;

/// One form in which a file can be sent.
///
/// @param path where its bytes are in the tree
/// @param tag of the bytes, to see whether they are still the same
/// @param content in memory; null for a file that is opened for each response
public record Representation(
    RepresentationMetadata metadata,
    String path,
    String tag,
    FileContent.@Nullable InMemory content) {

  ContentCoding coding() {
    return metadata.coding();
  }

  /// About how many bytes of memory it takes.
  long bytes() {
    FileContent.InMemory kept = content;
    return metadata.fields().length() + (kept == null ? 0 : kept.body().length());
  }
}
