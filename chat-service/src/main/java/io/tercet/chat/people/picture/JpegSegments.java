package io.tercet.chat.people.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// The segments of a JPEG that make the image: frame, tables, scans, and what says in which colours
/// it is.
///
/// Source: ITU-T T.81, Annex B; Exif 2.32 §4.5.4 for the orientation.
final class JpegSegments {

  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int EXIF = 0xE1;
  private static final int ADOBE = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final byte[] EXIF_NAME = {'E', 'x', 'i', 'f', 0, 0};

  private final byte[] file;
  private final ByteBuffer in;
  private final ByteArrayOutputStream image;
  private int at = 2;
  private int orientation = 1;
  private int scans;
  private boolean framed;

  private JpegSegments(byte[] file) {
    this.file = file;
    this.in = ByteBuffer.wrap(file);
    this.image = new ByteArrayOutputStream(file.length);
    image.write(file, 0, 2);
  }

  /// Reads a file that begins as a JPEG. Throws `invalid-picture`, and `unsupported-media-type` for
  /// one that is not grey or in three colours with 8 bits each.
  static ImageFile read(byte[] file) {
    return new JpegSegments(file).read();
  }

  private ImageFile read() {
    while (true) {
      int marker = marker();
      if (marker == END) {
        if (scans == 0) {
          throw PictureProblems.broken();
        }
        image.write(0xFF);
        image.write(END);
        return new ImageFile("jpeg", image.toByteArray(), orientation, scans);
      }
      int length = length();
      segment(marker, length);
      at += length;
      if (marker == SCAN) {
        scans++;
        entropy();
      }
    }
  }

  /// The marker here. More than one 0xFF may stand before it.
  private int marker() {
    if (octet(at) != 0xFF) {
      throw PictureProblems.broken();
    }
    while (octet(at) == 0xFF) {
      at++;
    }
    return octet(at++);
  }

  /// The length of the segment here, which counts itself.
  private int length() {
    int length = (octet(at) << 8) | octet(at + 1);
    if (length < 2 || at + length > file.length) {
      throw PictureProblems.broken();
    }
    return length;
  }

  private void segment(int marker, int length) {
    if (marker == EXIF) {
      if (length >= 2 + EXIF_NAME.length && isExif()) {
        int tiff = at + 2 + EXIF_NAME.length;
        orientation = Exif.orientation(in.slice(tiff, length - 2 - EXIF_NAME.length));
      }
      return;
    }
    boolean describes = marker == COMMENT || (marker >= APP0 && marker <= APP15);
    if (describes && marker != APP0 && marker != ADOBE) {
      return;
    }
    if (isFrame(marker)) {
      checkFrame(marker, length);
    }
    image.write(0xFF);
    image.write(marker);
    image.write(file, at, length);
  }

  private boolean isExif() {
    for (int i = 0; i < EXIF_NAME.length; i++) {
      if (file[at + 2 + i] != EXIF_NAME[i]) {
        return false;
      }
    }
    return true;
  }

  /// SOF0 to SOF15, without the tables between them: DHT, JPG and DAC.
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void checkFrame(int marker, int length) {
    if (framed || length < 8) {
      throw PictureProblems.broken();
    }
    framed = true;
    int bits = octet(at + 2);
    int components = octet(at + 7);
    // Baseline, extended or progressive, by Huffman's code.
    if (marker > 0xC2 || bits != 8 || (components != 1 && components != 3)) {
      throw PictureProblems.unsupported(
          "Send a JPEG in RGB or grey with 8 bits, not in the colours of print.");
    }
  }

  /// Copies the data of a scan, up to the next marker that is none of a restart.
  private void entropy() {
    int from = at;
    while (octet(at) != 0xFF || octet(at + 1) == 0 || isRestart(octet(at + 1))) {
      at++;
    }
    image.write(file, from, at - from);
  }

  private static boolean isRestart(int marker) {
    return marker >= RST0 && marker <= RST7;
  }

  private int octet(int place) {
    if (place >= file.length) {
      throw PictureProblems.broken();
    }
    return file[place] & 0xFF;
  }
}
