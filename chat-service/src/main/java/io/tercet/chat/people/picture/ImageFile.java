package io.tercet.chat.people.picture;

import java.util.Arrays;

/// What of a file makes the image in it. Everything else is left out before a decoder sees it:
/// metadata, profiles, comments, what follows the end.
///
/// @param format the name by which a decoder is found: `png`, `jpeg` or `gif`
/// @param bytes the file with nothing but the image
/// @param orientation of the image by EXIF, 1 to 8; 1 is upright
/// @param scans how often a decoder passes over the image; 1 for all but some JPEGs
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two of them.
record ImageFile(String format, byte[] bytes, int orientation, int scans) {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
  private static final byte[] GIF = {'G', 'I', 'F', '8'};

  /// Reads a file. Throws `unsupported-media-type` for other formats, and `invalid-picture` for a
  /// file of one of these that is broken or ends too early.
  static ImageFile of(byte[] file) {
    if (startsWith(file, PNG)) {
      return PngChunks.read(file);
    }
    if (startsWith(file, JPEG)) {
      return JpegSegments.read(file);
    }
    if (startsWith(file, GIF)) {
      return new ImageFile("gif", file, 1, 1);
    }
    throw PictureProblems.unsupported("Send a picture as PNG, JPEG or GIF.");
  }

  private static boolean startsWith(byte[] file, byte[] magic) {
    return file.length > magic.length
        && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
  }
}
