package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tercet.http.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No answer of file-service takes more time or more room than it may.
@Timeout(60)
class FileServiceTest {
  private static final SiteVersion ADA = new SiteVersion("ada", 1);
  private static final Manifest.File INDEX =
      new Manifest.File("index.html", 5, FakeFileService.sha256("hello".getBytes(UTF_8)));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private FakeFileService fake;
  private ServiceToken token;

  @BeforeEach
  void publish() throws IOException {
    byte[] secret = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    token = new ServiceToken(secret, InstantSource.system());
    fake = new FakeFileService();
    fake.publish("ada", Map.of("index.html", "hello"));
  }

  @AfterEach
  void stopAll() {
    fake.close();
    threads.shutdownNow();
  }

  @Test
  void givesUpAListingThatStalls() {
    fake.stalls = true;
    assertThatExceptionOfType(HttpTimeoutException.class)
        .isThrownBy(() -> hurried().sites(-1, Duration.ZERO));
  }

  @Test
  void givesUpAManifestThatStalls() {
    fake.stalls = true;
    assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> hurried().manifest(ADA));
  }

  @Test
  void hangsUpOnAListingThatNeverEnds() {
    fake.trickles = true;
    Eventually.isTrue(() -> {
      assertThatExceptionOfType(HttpTimeoutException.class)
          .isThrownBy(() -> hurried().sites(-1, Duration.ZERO));
      return fake.sawHangUp;
    });
  }

  @Test
  void givesUpABlobThatStalls() {
    fake.stalls = true;
    assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> bytes(hurried(), INDEX));
  }

  @Test
  void givesUpABlobWhoseSecondsPassWithoutAByte() {
    fake.stalls = true;
    Manifest.File large = new Manifest.File("large", Long.MAX_VALUE, INDEX.sha256());
    assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> bytes(hurried(), large));
  }

  @Test
  void hangsUpOnABlobThatNeverEnds() {
    fake.trickles = true;
    Eventually.isTrue(() -> {
      assertThatExceptionOfType(HttpTimeoutException.class)
          .isThrownBy(() -> bytes(hurried(), INDEX));
      return fake.sawHangUp;
    });
  }

  @Test
  void readsABlob() throws IOException, InterruptedException {
    assertThat(bytes(patient(), INDEX)).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void readsAListingAndAManifestOfUpToEightMebibytes() throws IOException, InterruptedException {
    fake.bytesMin = FileService.TEXT_BYTES_MAX;
    assertThat(patient().sites(-1, Duration.ofSeconds(20)).sites()).containsExactly(ADA);
    assertThat(patient().manifest(ADA).files()).containsExactly(INDEX);
  }

  @Test
  void refusesAListingAndAManifestOfMore() {
    fake.bytesMin = FileService.TEXT_BYTES_MAX + 1;
    assertThatIOException().isThrownBy(() -> patient().sites(-1, Duration.ofSeconds(20)));
    assertThatIOException().isThrownBy(() -> patient().manifest(ADA));
  }

  private static byte[] bytes(FileService files, Manifest.File file)
      throws IOException, InterruptedException {
    try (InputStream bytes = files.blob(file)) {
      return bytes.readAllBytes();
    }
  }

  /// Mostly long enough for some bytes to come. On a busy machine a request may be given up before
  /// it is sent.
  private FileService hurried() {
    return new FileService(fake.url(), token, threads, Duration.ofMillis(300));
  }

  private FileService patient() {
    return new FileService(fake.url(), token, threads, Duration.ofSeconds(30));
  }
}
