package io.tercet.files.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.catalog.Item;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures whose size is read from their headers. Those that the JDK writes are made here; the
/// others come from cwebp, webpmux, avifenc and heif-enc.
@Timeout(60)
class ImageHeaderTest {
  private static final int EXIF_ORIENTATION = 0x0112;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void readsWhatOtherSoftwareWrites(String format) throws IOException {
    Item.Pixels size = format.equals("bmp") ? null : new Item.Pixels(300, 200);

    assertThat(pixels(written(format))).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "lossy.webp, 300, 200",
    "lossless.webp, 300, 200",
    "extended.webp, 300, 200",
    "still.avif, 300, 200",
    "turned.avif, 200, 300",
    "still.heic, 300, 200"
  })
  void readsNewerFormats(String name, int width, int height) throws IOException {
    assertThat(pixels(resource(name))).isEqualTo(new Item.Pixels(width, height));
  }

  @ParameterizedTest
  @CsvSource({"1, 300, 200", "3, 300, 200", "5, 200, 300", "6, 200, 300", "8, 200, 300",
    "9, 300, 200", "0, 300, 200"})
  void turnsAPhotoAsItsCameraSays(int orientation, int width, int height) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      assertThat(pixels(photo(exif(order, orientation))))
          .isEqualTo(new Item.Pixels(width, height));
    }
  }

  @Test
  void findsTheSizeOfAPhotoBehindManyLargeSegments() throws IOException {
    byte[][] profiles = new byte[100][];
    Arrays.fill(profiles, segment(0xE2, new byte[60_000]));
    byte[] exif = exif(ByteOrder.BIG_ENDIAN, 6);

    assertThat(pixels(photo(joined(joined(profiles), exif)))).isEqualTo(new Item.Pixels(200, 300));
  }

  @Test
  void endsInFilesThatHaveNoEnd() throws IOException {
    byte[][] segments = new byte[5_000][];
    Arrays.fill(segments, segment(0xE2, new byte[0]));
    byte[] filled = new byte[100_000];
    Arrays.fill(filled, (byte) 0xFF);
    filled[1] = (byte) 0xD8;

    assertThat(pixels(photo(joined(segments)))).isNull();
    assertThat(pixels(filled)).isNull();
    byte[] boxes = Arrays.copyOf(resource("still.avif"), 100_000);
    for (int at = 32; at + 8 <= boxes.length; at += 8) {
      ByteBuffer.wrap(boxes).putInt(at, 8).putInt(at + 4, 0x66726565);
    }
    assertThat(pixels(boxes)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 100_001, Integer.MAX_VALUE})
  void believesNoSizeThatNoPictureHas(int width) throws IOException {
    byte[] png = written("png");
    ByteBuffer.wrap(png).putInt(16, width);

    assertThat(pixels(png)).isNull();
  }

  @Test
  void cutsAndNoiseAreNoPictures() throws IOException {
    Random random = new Random(7);
    for (String name :
        List.of("lossy.webp", "lossless.webp", "extended.webp", "turned.avif", "still.heic")) {
      everyCutEnds(resource(name), random);
    }
    for (String format : new String[] {"png", "jpg", "gif"}) {
      everyCutEnds(written(format), random);
    }
    everyCutEnds(photo(exif(ByteOrder.LITTLE_ENDIAN, 6)), random);
  }

  /// It has the size, or none; it never fails.
  private void everyCutEnds(byte[] picture, Random random) throws IOException {
    for (int length = 0; length < Math.min(picture.length, 600); length++) {
      Item.Pixels cut = pixels(Arrays.copyOf(picture, length));
      assertThat(cut == null || cut.equals(pixels(picture))).isTrue();
      byte[] noisy = picture.clone();
      for (int change = 0; change < 4; change++) {
        noisy[random.nextInt(Math.min(noisy.length, 400))] = (byte) random.nextInt();
      }
      pixels(noisy);
    }
  }

  private Item.@Nullable Pixels pixels(byte[] picture) throws IOException {
    Path file = folder.resolve("picture");
    Files.write(file, picture);
    try (FileChannel channel = FileChannel.open(file)) {
      return ImageHeader.pixels(channel);
    }
  }

  private static byte[] written(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream bytes = ImageHeaderTest.class.getResourceAsStream("/pictures/" + name)) {
      return bytes.readAllBytes();
    }
  }

  /// A JPEG with segments behind its start.
  private static byte[] photo(byte[] segments) throws IOException {
    byte[] jpeg = written("jpg");
    return joined(
        Arrays.copyOf(jpeg, 2), segments, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  private static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(content.length + 4)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putChar((char) (content.length + 2))
        .put(content)
        .array();
  }

  /// The segment of a camera: a TIFF header, and a directory of two entries.
  private static byte[] exif(ByteOrder order, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 24 + 4).order(order);
    tiff.putChar(order == ByteOrder.BIG_ENDIAN ? (char) 0x4D4D : (char) 0x4949).putChar('*');
    tiff.putInt(8).putChar((char) 2);
    tiff.putChar((char) 0x0103).putChar((char) 3).putInt(1).putChar((char) 6).putChar('\0');
    tiff.putChar((char) EXIF_ORIENTATION).putChar((char) 3).putInt(1);
    tiff.putChar((char) orientation);
    byte[] name = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    return segment(0xE1, joined(name, tiff.array()));
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    Stream.of(parts).forEach(all::put);
    return all.array();
  }
}
