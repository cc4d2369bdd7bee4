package io.tercet.chat.people.picture;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Makes the picture of a person from a file: upright, the square in its middle, in [#SIZES].
///
/// The size stands in the head of a file and is checked before anything is decoded. The decoder
/// gets no more than what makes the image ([ImageFile]), and gives only every n-th pixel of the
/// square, so that the heap holds [#DECODED_SIDE_MIN] to twice as many pixels a side, however large
/// the file is. What comes out is encoded anew.
///
/// - Bounds: [PictureSettings].
/// - Threading: any thread that may block; [PictureSettings#madeAtOnce] work at the same time.
@Component
@EnableConfigurationProperties(PictureSettings.class)
public class PictureMaker {

  /// Pixels of the sides in which there is a picture, ascending.
  public static final List<Integer> SIZES = List.of(64, 128, 256);

  private static final Logger log = LoggerFactory.getLogger(PictureMaker.class);
  private static final int DECODED_SIDE_MIN = 2 * SIZES.getLast();
  private static final List<Float> QUALITIES = List.of(0.85f, 0.7f, 0.5f, 0.3f);

  private final PictureSettings settings;
  private final Semaphore turns;

  PictureMaker(PictureSettings settings) {
    this.settings = settings;
    this.turns = new Semaphore(settings.madeAtOnce(), true);
  }

  /// Makes a picture. Throws `unsupported-media-type`, `too-large` if it has too many pixels,
  /// `invalid-picture` if it cannot be read, and `service-unavailable` if its turn does not come.
  public Picture make(byte[] file) {
    ImageFile image = ImageFile.of(file);
    awaitTurn();
    try {
      return picture(squares(decoded(image)));
    } catch (IOException | RuntimeException e) {
      if (e instanceof ProblemException problem) {
        throw problem;
      }
      // Decoders also fail with exceptions that say nothing of the file.
      log.info("picture not read: format={} cause={}", image.format(), e.toString());
      throw PictureProblems.broken();
    } finally {
      turns.release();
    }
  }

  private void awaitTurn() {
    try {
      if (turns.tryAcquire(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(
        ProblemType.SERVICE_UNAVAILABLE, "Too many pictures come at once. Try again later.");
  }

  /// The square in the middle, upright, [#DECODED_SIDE_MIN] pixels a side at least if the file has
  /// so many.
  private BufferedImage decoded(ImageFile image) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(image.format()).next();
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(image.bytes()))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      checkSize(width, height, image.scans());
      int side = Math.min(width, height);
      int step = Math.max(1, side / DECODED_SIDE_MIN);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceRegion(new Rectangle((width - side) / 2, (height - side) / 2, side, side));
      param.setSourceSubsampling(step, step, 0, 0);
      return upright(reader.read(0, param), image.orientation());
    } finally {
      reader.dispose();
    }
  }

  private void checkSize(int width, int height, int scans) {
    long pixels = (long) width * height;
    long max = scans > 1 ? settings.manyScansPixelsMax() : settings.pixelsMax();
    if (pixels > max || Math.max(width, height) > settings.sideMax()) {
      throw PictureProblems.tooLarge(
          "The picture has %d × %d pixels. Send at most %d, no side longer than %d."
              .formatted(width, height, max, settings.sideMax()));
    }
    if (scans > settings.scansMax()) {
      throw PictureProblems.broken();
    }
  }

  /// Turns and mirrors a square as EXIF says.
  private static BufferedImage upright(BufferedImage image, int orientation) {
    int side = Math.min(image.getWidth(), image.getHeight());
    AffineTransform turn =
        switch (orientation) {
          case 2 -> new AffineTransform(-1, 0, 0, 1, side, 0);
          case 3 -> new AffineTransform(-1, 0, 0, -1, side, side);
          case 4 -> new AffineTransform(1, 0, 0, -1, 0, side);
          case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
          case 6 -> new AffineTransform(0, 1, -1, 0, side, 0);
          case 7 -> new AffineTransform(0, -1, -1, 0, side, side);
          case 8 -> new AffineTransform(0, -1, 1, 0, 0, side);
          default -> new AffineTransform();
        };
    BufferedImage upright = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = upright.createGraphics();
    graphics.drawImage(image, turn, null);
    graphics.dispose();
    return upright;
  }

  /// The square in each of [#SIZES]. Halving it again and again looks at every pixel; one large step
  /// would pass over most of them.
  private static List<BufferedImage> squares(BufferedImage upright) {
    List<BufferedImage> squares = new ArrayList<>(SIZES.size());
    BufferedImage last = upright;
    for (int size : SIZES.reversed()) {
      while (last.getWidth() >= 2 * size) {
        last = scaled(last, last.getWidth() / 2);
      }
      last = last.getWidth() == size ? last : scaled(last, size);
      squares.addFirst(last);
    }
    return squares;
  }

  private static BufferedImage scaled(BufferedImage image, int side) {
    BufferedImage scaled = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, side, side, null);
    graphics.dispose();
    return scaled;
  }

  private Picture picture(List<BufferedImage> squares) throws IOException {
    boolean isOpaque = squares.stream().allMatch(PictureMaker::isOpaque);
    MessageDigest hash = sha256();
    List<Picture.Rendition> renditions = new ArrayList<>(squares.size());
    for (BufferedImage square : squares) {
      Picture.Rendition rendition = rendition(square, isOpaque);
      hash.update(rendition.bytes());
      renditions.add(rendition);
    }
    return new Picture(HexFormat.of().formatHex(hash.digest()), List.copyOf(renditions));
  }

  /// A PNG keeps what is transparent. If it is too long, a JPEG on white takes its place.
  private Picture.Rendition rendition(BufferedImage square, boolean isOpaque) throws IOException {
    int size = square.getWidth();
    if (!isOpaque) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(square, "png", new MemoryCacheImageOutputStream(png));
      if (png.size() > 0 && png.size() <= settings.renditionMax().toBytes()) {
        return new Picture.Rendition(size, "image/png", png.toByteArray());
      }
    }
    for (float quality : QUALITIES) {
      byte[] jpeg = jpeg(square, quality);
      if (jpeg.length <= settings.renditionMax().toBytes()) {
        return new Picture.Rendition(size, "image/jpeg", jpeg);
      }
    }
    throw PictureProblems.broken();
  }

  private static byte[] jpeg(BufferedImage square, float quality) throws IOException {
    BufferedImage onWhite =
        new BufferedImage(square.getWidth(), square.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = onWhite.createGraphics();
    graphics.drawImage(square, 0, 0, Color.WHITE, null);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.write(null, new IIOImage(onWhite, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static boolean isOpaque(BufferedImage square) {
    int side = square.getWidth();
    int[] pixels = square.getRGB(0, 0, side, side, null, 0, side);
    for (int pixel : pixels) {
      if (pixel >>> 24 != 0xFF) {
        return false;
      }
    }
    return true;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
