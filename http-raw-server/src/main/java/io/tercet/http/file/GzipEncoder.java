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

/// Makes the gzip form of a file that is in memory. Source: RFC 1952.
final class GzipEncoder {
  /// A response below this many bytes fits one packet anyway.
  static final int BYTES_MIN = 1024;

  private GzipEncoder() {}

  /// The gzip form of a plain one with its content, or null if that is no shorter.
  ///
  /// The tag has a checksum of the compressed bytes. Another version of the compressor may produce
  /// other bytes, and a strong tag must tell them apart.
  static @Nullable Representation encode(Representation plain, Body.Bytes content, Fields common) {
    byte[] bytes = compressed(content.bytes());
    if (bytes.length >= content.length()) {
      return null;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    String tag = plain.tag() + "-gzip-" + Long.toString(checksum.getValue(), 36);
    RepresentationMetadata of = plain.metadata();
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
