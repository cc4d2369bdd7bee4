package io.tercet.http.file;

import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.negotiation.ContentCoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Makes the gzip form of a text that is in memory. Source: RFC 1952.
final class GzipEncoder {
  /// Below this many bytes a response fits one packet anyway.
  static final int BYTES_MIN = 1024;

  private GzipEncoder() {}

  /// The gzip form of a variant that has its content, or null if that is no shorter.
  ///
  /// Its tag has a checksum of the compressed bytes: another version of the compressor may give
  /// others, and a strong tag must tell.
  static @Nullable Representation of(Representation plain, Body.Bytes content, Fields common) {
    byte[] bytes = compressed(content.bytes());
    if (bytes.length >= content.length()) {
      return null;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    String tag = plain.tag() + "-gzip-" + Long.toString(checksum.getValue(), 36);
    RepresentationMetadata of = plain.representation();
    RepresentationMetadata.State state =
        new RepresentationMetadata.State(
            bytes.length, tag, of.validators().modifiedAt(), of.validators().hasStrongDate());
    return new Representation(
        RepresentationMetadata.of(state, ContentCoding.GZIP, of.mediaType(), common),
        plain.path(),
        tag,
        new FileContent.InMemory(new Body.Bytes(bytes)));
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }
}
