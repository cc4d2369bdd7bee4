package io.tercet.http.handle;

import io.tercet.http.message.Fields;
import io.tercet.http.message.OpenFile;
import io.tercet.http.render.HttpDate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/// What is true of a file as it is served: its validators, its type, how long it may be kept.
///
/// @param entityTag strong, with its quotes
/// @param modifiedAt in whole seconds, as HTTP can say it
/// @param always fields of every response about it, 304 too
/// @param fields fields of a response that carries it
record Representation(
    long length,
    String mediaType,
    String entityTag,
    Instant modifiedAt,
    Fields always,
    Fields fields) {

  /// `assets/index-BxY3_k9Z.js`: the name changes with the content, so it may be kept for ever.
  private static final Pattern HASHED =
      Pattern.compile("(.*/)?assets/.*[-.][A-Za-z0-9_-]{8,}\\.[a-z0-9]+(\\.map)?");

  static Representation of(OpenFile file, String path) {
    String mediaType = MediaTypes.of(path);
    String entityTag = '"' + file.tag() + '"';
    Instant modifiedAt = file.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
    boolean forEver = HASHED.matcher(path).matches() && !mediaType.startsWith("text/html");
    Fields always =
        Fields.of(
            "Cache-Control",
            forEver ? "public, max-age=31536000, immutable" : "no-cache",
            "ETag",
            entityTag,
            "Last-Modified",
            HttpDate.format(modifiedAt),
            "X-Content-Type-Options",
            "nosniff",
            "Accept-Ranges",
            "bytes");
    return new Representation(
        file.length(),
        mediaType,
        entityTag,
        modifiedAt,
        always,
        always.with("Content-Type", mediaType));
  }
}
