package io.tercet.http.file;

import io.tercet.http.message.Fields;
import io.tercet.http.negotiation.ContentCoding;
import io.tercet.http.negotiation.Validators;
import io.tercet.http.render.HttpDate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What the fields of a response say of one form of a file.
///
/// @param length in bytes
/// @param always fields of every response about it, 304 too
/// @param fields fields of a response that carries it
public record RepresentationMetadata(
    long length,
    ContentCoding coding,
    String mediaType,
    Validators validators,
    Fields always,
    Fields fields) {

  /// What a file, or a compressed form of it, looked like when it was opened.
  ///
  /// @param tag changes whenever the bytes do
  /// @param modifiedAt not in the future
  /// @param hasStrongDate whether its second was over, so that no other bytes can get the same date
  ///     (RFC 9110 §8.8.2.2)
  record State(long length, String tag, Instant modifiedAt, boolean hasStrongDate) {}

  /// @param common fields of the file in any coding
  static RepresentationMetadata of(
      State state, ContentCoding coding, String mediaType, Fields common) {
    String entityTag = '"' + state.tag() + '"';
    Instant modifiedAt = state.modifiedAt().truncatedTo(ChronoUnit.SECONDS);
    Fields always = common.with("ETag", entityTag, "Last-Modified", HttpDate.format(modifiedAt));
    Fields carrying = always.with("Content-Type", mediaType);
    boolean isPlain = coding == ContentCoding.PLAIN;
    return new RepresentationMetadata(
        state.length(),
        coding,
        mediaType,
        new Validators(entityTag, modifiedAt, state.hasStrongDate()),
        always,
        isPlain ? carrying : carrying.with("Content-Encoding", coding.token()));
  }
}
