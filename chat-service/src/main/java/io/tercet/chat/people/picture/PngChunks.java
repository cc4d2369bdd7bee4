package io.tercet.chat.people.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/// The chunks of a PNG that make the image. Others may be small in the file and large in memory:
/// texts and profiles are compressed.
///
/// Source: PNG (Third Edition) §5.3.
final class PngChunks {

  private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final int SIGNATURE_BYTES = 8;

  /// Length and name before the data of a chunk, and its checksum behind.
  private static final int FRAME_BYTES = 12;

  private PngChunks() {}

  /// Reads a file that begins with the signature of a PNG. Throws `invalid-picture`.
  static ImageFile read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    ByteArrayOutputStream image = new ByteArrayOutputStream(file.length);
    image.write(file, 0, SIGNATURE_BYTES);
    int orientation = 1;
    for (int at = SIGNATURE_BYTES; ; ) {
      if (file.length - at < FRAME_BYTES) {
        throw PictureProblems.broken();
      }
      int length = in.getInt(at);
      if (length < 0 || length > file.length - at - FRAME_BYTES) {
        throw PictureProblems.broken();
      }
      String name = new String(file, at + 4, 4, ISO_8859_1);
      if (KEPT.contains(name)) {
        image.write(file, at, length + FRAME_BYTES);
      } else if (name.equals("eXIf")) {
        orientation = Exif.orientation(in.slice(at + 8, length));
      }
      if (name.equals("IEND")) {
        return new ImageFile("png", image.toByteArray(), orientation, 1);
      }
      at += length + FRAME_BYTES;
    }
  }
}
