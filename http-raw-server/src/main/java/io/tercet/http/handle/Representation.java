package io.tercet.http.handle;

import io.tercet.http.message.Fields;
import io.tercet.http.render.HttpDate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What is true of a file as it is served: its validators, its type, how long it may be kept.
///
/// @param entityTag strong, with its quotes
/// @param modifiedAt in whole seconds, as HTTP can say it
/// @param hasStrongDate whether that date is a strong validator too
/// @param always fields of every response about it, 304 too
/// @param fields fields of a response that carries it
record Representation(
    long length,
    Coding coding,
    String mediaType,
    String entityTag,
    Instant modifiedAt,
    boolean hasStrongDate,
    Fields always,
    Fields fields) {

  /// What a file, or a coded form of it, looked like when it was opened.
  ///
  /// @param tag changes whenever the bytes do
  /// @param modifiedAt not in the future
  /// @param hasStrongDate whether its second was over, so that no other bytes can get the same date
  ///     (RFC 9110 §8.8.2.2)
  record State(long length, String tag, Instant modifiedAt, boolean hasStrongDate) {}

  /// @param common fields of the file in any coding
  static Representation of(State state, Coding coding, String mediaType, Fields common) {
    String entityTag = '"' + state.tag() + '"';
    Instant modifiedAt = state.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
    Fields always = common.with("ETag", entityTag, "Last-Modified", HttpDate.format(modifiedAt));
    Fields carrying = always.with("Content-Type", mediaType);
    return new Representation(
        state.length(),
        coding,
        mediaType,
        entityTag,
        modifiedAt,
        state.hasStrongDate(),
        always,
        coding == Coding.PLAIN ? carrying : carrying.with("Content-Encoding", coding.token()));
  }
}
