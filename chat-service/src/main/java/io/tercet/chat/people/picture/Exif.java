package io.tercet.chat.people.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The orientation in the metadata of a camera.
///
/// Source: Exif 2.32 §4.6.2 and §4.6.4; TIFF 6.0 §2.
final class Exif {

  private static final int UPRIGHT = 1;
  private static final int ORIENTATION_MAX = 8;
  private static final int ORIENTATION = 0x0112;
  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /// The orientation, 1 to 8; upright if the metadata do not say, or are broken.
  static int orientation(ByteBuffer tiff) {
    if (tiff.remaining() < 8) {
      return UPRIGHT;
    }
    switch (tiff.getShort(0)) {
      case 0x4949 -> tiff.order(ByteOrder.LITTLE_ENDIAN);
      case 0x4D4D -> tiff.order(ByteOrder.BIG_ENDIAN);
      default -> {
        return UPRIGHT;
      }
    }
    int directory = tiff.getInt(4);
    if (directory < 0 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int count = Short.toUnsignedInt(tiff.getShort(directory));
    for (int entry = directory + 2;
        count > 0 && entry <= tiff.limit() - ENTRY_BYTES;
        entry += ENTRY_BYTES, count--) {
      if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
        int value = Short.toUnsignedInt(tiff.getShort(entry + 8));
        return value >= UPRIGHT && value <= ORIENTATION_MAX ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
