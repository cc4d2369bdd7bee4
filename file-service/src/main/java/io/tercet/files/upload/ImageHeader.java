package io.tercet.files.upload;

import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.Item;
import io.tercet.files.problem.ProblemException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// How wide and high a picture is shown, by the headers of its file. It decodes no pixel.
///
/// Bounds: it makes at most [#STEPS_MAX] steps, each of which reads at most [#READ_MAX] bytes,
/// whatever lengths the file gives. A file that is broken, or lies about its length, has no size.
///
/// Sources: PNG (W3C, third edition) §11.2.1; GIF89a §18; ITU-T T.81 annex B; Exif 2.32 §4.6.4,
/// tag 0x0112; RFC 9649 (WebP) §2.4–2.7; [HeifHeader] for AVIF and HEIC.
final class ImageHeader {

  /// No real picture is larger; a page that reserves its space divides by it.
  private static final int PIXELS_MAX = 100_000;

  private static final int STEPS_MAX = 1_000;
  static final int READ_MAX = 64 * 1024;

  private static final long PNG = 0x89504E470D0A1A0AL;
  private static final int IHDR = 0x49484452;
  private static final int GIF8 = 0x47494638;
  private static final int RIFF = 0x52494646;
  private static final int WEBP = 0x57454250;
  private static final int FTYP = 0x66747970;
  private static final int EXIF = 0x45786966;
  private static final int ORIENTATION = 0x0112;
  private static final int FIRST_TURNED = 5;
  private static final int LAST_ORIENTATION = 8;

  private final FileChannel file;
  private int steps;

  private ImageHeader(FileChannel file) {
    this.file = file;
  }

  /// The pixels of a content that is on disk; null if they are not known.
  static Item.@Nullable Pixels pixels(BlobStore blobs, String sha256) {
    try (FileChannel file = blobs.open(sha256)) {
      return pixels(file);
    } catch (IOException | ProblemException e) {
      return null;
    }
  }

  static Item.@Nullable Pixels pixels(FileChannel file) throws IOException {
    try {
      return new ImageHeader(file).read();
    } catch (IndexOutOfBoundsException | BufferUnderflowException tooShort) {
      return null;
    }
  }

  private Item.@Nullable Pixels read() throws IOException {
    ByteBuffer head = at(0, 32);
    if (head.getLong(0) == PNG) {
      return head.getInt(12) == IHDR ? pixels(head.getInt(16), head.getInt(20)) : null;
    }
    if (head.getInt(0) == GIF8) {
      head.order(ByteOrder.LITTLE_ENDIAN);
      return pixels(head.getChar(6), head.getChar(8));
    }
    if (head.getInt(0) == RIFF && head.getInt(8) == WEBP) {
      return webp(head);
    }
    if (head.getChar(0) == 0xFFD8) {
      return jpeg();
    }
    return head.getInt(4) == FTYP ? new HeifHeader(this::at).pixels() : null;
  }

  private static Item.@Nullable Pixels webp(ByteBuffer head) {
    int chunk = head.getInt(12);
    head.order(ByteOrder.LITTLE_ENDIAN);
    return switch (chunk) {
      // "VP8 ": the frame's start code, then 14 bits each.
      case 0x56503820 ->
          (head.getInt(22) >>> 8) == 0x2A019D
              ? pixels(head.getChar(26) & 0x3FFF, head.getChar(28) & 0x3FFF)
              : null;
      // "VP8L": a signature, then 14 bits each, less one.
      case 0x5650384C ->
          head.get(20) == 0x2F
              ? pixels((head.getInt(21) & 0x3FFF) + 1, ((head.getInt(21) >>> 14) & 0x3FFF) + 1)
              : null;
      // "VP8X": 24 bits each, less one.
      case 0x56503858 -> pixels((head.getInt(24) & 0xFFFFFF) + 1, (head.getInt(26) >>> 8) + 1);
      default -> null;
    };
  }

  private Item.@Nullable Pixels jpeg() throws IOException {
    boolean turned = false;
    long position = 2;
    while (true) {
      ByteBuffer segment = at(position, 10);
      int marker = segment.get(1) & 0xFF;
      if ((segment.get(0) & 0xFF) != 0xFF) {
        return null;
      }
      if (marker == 0xFF) {
        position++;
        continue;
      }
      if (isFrame(marker)) {
        int height = segment.getChar(5);
        int width = segment.getChar(7);
        return turned ? pixels(height, width) : pixels(width, height);
      }
      if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xDA)) {
        return null;
      }
      if (marker == 0xE1 && segment.getInt(4) == EXIF) {
        turned = isTurned(position + 10);
      }
      position += 2 + segment.getChar(2);
    }
  }

  /// SOF0 to SOF15; three of these numbers are something else.
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /// Whether the TIFF header at this place says that the picture is shown on its side. A broken one
  /// says nothing.
  private boolean isTurned(long tiff) throws IOException {
    ByteBuffer header = at(tiff, 8);
    ByteOrder order = header.getChar(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long directory = tiff + Integer.toUnsignedLong(header.order(order).getInt(4));
    int entries = at(directory, 2).order(order).getChar(0);
    ByteBuffer all = upTo(directory + 2, Math.min(12 * entries, READ_MAX)).order(order);
    for (int entry = 0; entry + 12 <= all.limit(); entry += 12) {
      if (all.getChar(entry) == ORIENTATION) {
        int orientation = all.getChar(entry + 8);
        return orientation >= FIRST_TURNED && orientation <= LAST_ORIENTATION;
      }
    }
    return false;
  }

  /// Null if no picture is so large.
  static Item.@Nullable Pixels pixels(int width, int height) {
    return width >= 1 && width <= PIXELS_MAX && height >= 1 && height <= PIXELS_MAX
        ? new Item.Pixels(width, height)
        : null;
  }

  /// Bytes of the file in big-endian order: all, or an exception that ends the reading.
  private ByteBuffer at(long position, int length) throws IOException {
    ByteBuffer bytes = upTo(position, length);
    if (bytes.limit() < length) {
      throw new IndexOutOfBoundsException("the file ends");
    }
    return bytes;
  }

  private ByteBuffer upTo(long position, int length) throws IOException {
    if (++steps > STEPS_MAX || length > READ_MAX) {
      throw new IndexOutOfBoundsException("too much to read");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
      // a read may be short
    }
    return bytes.flip();
  }
}
