package io.tercet.chat.people.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/// Pictures from files that people send, and from files that were made to do harm.
class PictureMakerTest {

  private static final int RENDITION_MAX = 65_536;

  private final PictureMaker maker =
      new PictureMaker(
          new PictureSettings(
              40_000_000,
              16_000_000,
              64,
              20_000,
              1,
              Duration.ofSeconds(60),
              DataSize.ofBytes(RENDITION_MAX)));

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif"})
  void areTheSquareInTheMiddleInThreeSizes(String format) throws IOException {
    BufferedImage wide = new BufferedImage(900, 300, BufferedImage.TYPE_INT_RGB);
    paint(wide, Color.RED, 0, 0, 300, 300);
    paint(wide, Color.GREEN, 300, 0, 300, 300);
    paint(wide, Color.BLUE, 600, 0, 300, 300);

    Picture picture = maker.make(encoded(wide, format));

    assertThat(picture.renditions())
        .extracting(Picture.Rendition::size)
        .isEqualTo(List.of(64, 128, 256));
    assertThat(picture.hash()).matches("[0-9a-f]{64}");
    for (Picture.Rendition rendition : picture.renditions()) {
      assertThat(rendition.mediaType()).isEqualTo("image/jpeg");
      BufferedImage shown = decoded(rendition);
      assertThat(shown.getWidth()).isEqualTo(rendition.size());
      assertThat(shown.getHeight()).isEqualTo(rendition.size());
      int last = rendition.size() - 1;
      for (int[] place : new int[][] {{0, 0}, {last, 0}, {0, last}, {last, last}}) {
        assertIsNear(shown.getRGB(place[0], place[1]), Color.GREEN);
      }
    }
  }

  @Test
  void haveTheSameHashForTheSamePixelsOnly() throws IOException {
    BufferedImage red = filled(Color.RED, 100);
    assertThat(maker.make(encoded(red, "png")).hash())
        .isEqualTo(maker.make(encoded(red, "png")).hash())
        .isNotEqualTo(maker.make(encoded(filled(Color.BLUE, 100), "png")).hash());
  }

  /// Where the red corner, which is at the top left of the file, must be.
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1",
    "9, 0, 0"
  })
  void standUprightAsTheCameraSays(int orientation, int right, int below) throws IOException {
    BufferedImage image = filled(Color.WHITE, 256);
    paint(image, Color.RED, 0, 0, 128, 128);

    Picture picture = maker.make(withOrientation(encoded(image, "jpeg"), orientation));

    BufferedImage shown = decoded(picture.renditions().getLast());
    for (int x = 0; x <= 1; x++) {
      for (int y = 0; y <= 1; y++) {
        Color expected = x == right && y == below ? Color.RED : Color.WHITE;
        assertIsNear(shown.getRGB(64 + 128 * x, 64 + 128 * y), expected);
      }
    }
  }

  @Test
  void keepWhatIsTransparent() throws IOException {
    BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
    paint(image, Color.RED, 0, 0, 150, 300);

    Picture.Rendition rendition = maker.make(encoded(image, "png")).renditions().getLast();

    assertThat(rendition.mediaType()).isEqualTo("image/png");
    assertThat(decoded(rendition).getRGB(250, 128) >>> 24).isZero();
    assertThat(decoded(rendition).getRGB(10, 128)).isEqualTo(Color.RED.getRGB());
  }

  @Test
  void areShortHoweverMuchTheyShow() throws IOException {
    BufferedImage noise = new BufferedImage(600, 600, BufferedImage.TYPE_INT_ARGB);
    Random random = new Random(7);
    for (int x = 0; x < 600; x++) {
      for (int y = 0; y < 600; y++) {
        noise.setRGB(x, y, random.nextInt());
      }
    }
    Picture picture = maker.make(encoded(noise, "png"));
    assertThat(picture.renditions())
        .allSatisfy(each -> assertThat(each.bytes().length).isLessThanOrEqualTo(RENDITION_MAX));
  }

  @Test
  void areMadeOfFilesWithFewPixelsToo() throws IOException {
    assertThat(maker.make(encoded(filled(Color.RED, 1), "png")).renditions()).hasSize(3);
  }

  @Test
  void areMadeOf16BitsAColourAndOfGrey() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_GRAY}) {
      BufferedImage grey = new BufferedImage(300, 300, type);
      assertThat(maker.make(encoded(grey, "png")).renditions()).hasSize(3);
    }
    byte[] deep = png(200, 200, 16, 2, new byte[200 * (1 + 200 * 6)]);
    assertThat(maker.make(deep).renditions()).hasSize(3);
  }

  @Test
  void areMadeOfLargeFilesInLittleMemory() throws IOException {
    // 30 million pixels: 90 MB as they are, of which every 9th row and column is kept.
    byte[] file = png(6_000, 5_000, 8, 2, new byte[5_000 * (1 + 6_000 * 3)]);
    assertThat(maker.make(file).renditions()).hasSize(3);
  }

  @Test
  void areTheFirstImageOfAnAnimatedGif() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (Color color : List.of(Color.RED, Color.GREEN, Color.BLUE)) {
        writer.writeToSequence(new IIOImage(filled(color, 50), null, null), null);
      }
      writer.endWriteSequence();
    }
    BufferedImage shown = decoded(maker.make(bytes.toByteArray()).renditions().getLast());
    assertIsNear(shown.getRGB(128, 128), Color.RED);
  }

  @Test
  void haveNothingOfTheFileButThePixels() throws IOException {
    byte[] secret = "<script>the place where it was taken</script>".getBytes(ISO_8859_1);
    byte[] jpeg = encoded(filled(Color.RED, 300), "jpeg");
    byte[] commented =
        joined(slice(jpeg, 0, 2), segment(0xFE, secret), slice(jpeg, 2, jpeg.length));
    byte[] png = encoded(filled(Color.RED, 300), "png");

    for (byte[] file : List.of(joined(commented, secret), joined(png, secret))) {
      for (Picture.Rendition rendition : maker.make(file).renditions()) {
        assertThat(new String(rendition.bytes(), ISO_8859_1)).doesNotContain("script", "taken");
      }
    }
  }

  @Test
  void areRefusedByTheirHeadIfTheyHaveTooManyPixels() {
    assertRefused(ProblemType.TOO_LARGE, png(100_000, 100_000, 8, 2, new byte[10]));
    assertRefused(ProblemType.TOO_LARGE, png(20_001, 1, 8, 2, new byte[10]));
    assertRefused(ProblemType.TOO_LARGE, png(6_400, 6_400, 8, 2, new byte[10]));
  }

  @Test
  void areRefusedIfTheDecoderWouldKeepTooMuchOrPassTooOften() throws IOException {
    byte[] progressive = progressive(filled(Color.RED, 200));
    assertThat(maker.make(progressive).renditions()).hasSize(3);
    byte[] large = progressive.clone();
    int frame = indexOf(large, 0xC2);
    // 20,000 lines of 1,100 pixels.
    ByteBuffer.wrap(large).putShort(frame + 4, (short) 20_000).putShort(frame + 6, (short) 1_100);
    assertRefused(ProblemType.TOO_LARGE, large);

    int scan = indexOf(progressive, 0xDA) - 1;
    byte[] again = slice(progressive, scan, progressive.length - 2);
    byte[] many = slice(progressive, 0, progressive.length - 2);
    for (int i = 0; i < 20; i++) {
      many = joined(many, again);
    }
    assertRefused(ProblemType.INVALID_PICTURE, joined(many, new byte[] {(byte) 0xFF, (byte) 0xD9}));
  }

  @Test
  void areRefusedWhateverIsLeftOfThem() throws IOException {
    for (String format : List.of("png", "jpeg", "gif")) {
      byte[] whole = encoded(filled(Color.RED, 40), format);
      for (int length = 9; length < whole.length - 1; length++) {
        byte[] part = slice(whole, 0, length);
        ProblemException refusal =
            catchThrowableOfType(ProblemException.class, () -> maker.make(part));
        // A GIF without its last octet has its whole image.
        if (refusal != null || !format.equals("gif")) {
          assertThat(refusal).as("%s of %d octets", format, length).isNotNull();
          assertThat(refusal.type()).isEqualTo(ProblemType.INVALID_PICTURE);
        }
      }
    }
  }

  @Test
  void areNeverAFaultWhateverStandsInTheFile() throws IOException {
    Random random = new Random(11);
    for (String format : List.of("png", "jpeg", "gif")) {
      byte[] whole = withOrientation(encoded(filled(Color.RED, 40), format), 6);
      for (int round = 0; round < 300; round++) {
        byte[] broken = whole.clone();
        for (int i = 0; i < 3; i++) {
          broken[3 + random.nextInt(broken.length - 3)] = (byte) random.nextInt();
        }
        try {
          maker.make(broken);
        } catch (ProblemException refusal) {
          assertThat(refusal.type())
              .isIn(
                  ProblemType.INVALID_PICTURE,
                  ProblemType.TOO_LARGE,
                  ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
      }
    }
  }

  @Test
  void areNotInflatedBeyondTheImage() throws IOException {
    byte[] zeros = deflated(new byte[50_000_000]);
    byte[] text = joined("name\0\0".getBytes(ISO_8859_1), zeros);
    byte[] palette =
        png(8, 8, 8, 3, new byte[8 * 9], chunk("PLTE", new byte[3]), chunk("zTXt", text));

    assertThat(ImageFile.of(palette).bytes().length).isLessThan(200);
    assertThat(maker.make(palette).renditions()).hasSize(3);
  }

  @Test
  void areNotMadeOfOtherFiles() throws IOException {
    for (String start : List.of("RIFF\0\0\0\0WEBPVP8 ", "BM", "<svg xmlns='x'/>", "", "%PDF-1.7")) {
      assertRefused(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, (start + "\0".repeat(40)).getBytes(ISO_8859_1));
    }
    byte[] print = encoded(filled(Color.RED, 40), "jpeg");
    print[indexOf(print, 0xC0) + 8] = 4;
    assertRefused(ProblemType.UNSUPPORTED_MEDIA_TYPE, print);
  }

  private void assertRefused(ProblemType type, byte[] file) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> maker.make(file));
    assertThat(refusal).isNotNull();
    assertThat(refusal.type()).isEqualTo(type);
  }

  private static void assertIsNear(int rgb, Color expected) {
    Color color = new Color(rgb);
    assertThat(
            Math.abs(color.getRed() - expected.getRed())
                + Math.abs(color.getGreen() - expected.getGreen())
                + Math.abs(color.getBlue() - expected.getBlue()))
        .as("%s is near %s", color, expected)
        .isLessThan(90);
  }

  private static BufferedImage filled(Color color, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    paint(image, color, 0, 0, side, side);
    return image;
  }

  private static void paint(BufferedImage image, Color color, int x, int y, int width, int height) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(x, y, width, height);
    graphics.dispose();
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(
          writer.getDefaultStreamMetadata(param),
          new IIOImage(
              image,
              null,
              writer.getDefaultImageMetadata(
                  ImageTypeSpecifier.createFromRenderedImage(image), param)),
          param);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage decoded(Picture.Rendition rendition) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(rendition.bytes()));
  }

  /// Puts EXIF with an orientation behind the beginning of a JPEG; other files stay as they are.
  private static byte[] withOrientation(byte[] file, int orientation) {
    if ((file[0] & 0xFF) != 0xFF) {
      return file;
    }
    ByteBuffer exif = ByteBuffer.allocate(32);
    exif.put("Exif\0\0MM\0*".getBytes(ISO_8859_1)).putInt(8).putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return joined(slice(file, 0, 2), segment(0xE1, exif.array()), slice(file, 2, file.length));
  }

  private static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .array();
  }

  private static byte[] png(
      int width, int height, int bits, int colour, byte[] rows, byte[]... chunks) {
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    head.put((byte) bits).put((byte) colour);
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    byte[] file = joined(signature, chunk("IHDR", head.array()));
    for (byte[] chunk : chunks) {
      file = joined(file, chunk);
    }
    return joined(file, chunk("IDAT", deflated(rows)), chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String name, byte[] content) {
    byte[] named = joined(name.getBytes(ISO_8859_1), content);
    CRC32 checksum = new CRC32();
    checksum.update(named);
    return ByteBuffer.allocate(8 + named.length)
        .putInt(content.length)
        .put(named)
        .putInt((int) checksum.getValue())
        .array();
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return deflated.toByteArray();
  }

  /// Where the name of a marker stands.
  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 0; i < jpeg.length - 1; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == marker) {
        return i + 1;
      }
    }
    throw new AssertionError("no such marker");
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
