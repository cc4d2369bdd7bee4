package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Bytes come in time, or not at all.
@Timeout(60)
class DeadlineInputStreamTest {
  private static final long SOON = 10_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  @Test
  void handsOnWhatComesInTime() throws IOException {
    InputStream source = new ByteArrayInputStream("hello".getBytes(UTF_8));
    try (DeadlineInputStream input = new DeadlineInputStream(source, NEVER, NEVER)) {
      assertThat(input.read()).isEqualTo('h');
      assertThat(input.readAllBytes()).asString(UTF_8).isEqualTo("ello");
      assertThat(input.read()).isEqualTo(-1);
    }
  }

  @Test
  void endsAReadThatTakesTooLong() throws IOException {
    try (DeadlineInputStream input = new DeadlineInputStream(new Silent(), SOON, NEVER)) {
      assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(input::read);
    }
  }

  @Test
  void endsAReadWithTheTimeOfTheWhole() throws IOException {
    try (DeadlineInputStream input = new DeadlineInputStream(new Silent(), NEVER, SOON)) {
      assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(input::read);
    }
  }

  @Test
  void beginsNoReadAfterTheTimeOfTheWhole() throws IOException {
    try (DeadlineInputStream input =
        new DeadlineInputStream(InputStream.nullInputStream(), NEVER, 0)) {
      assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(input::read);
    }
  }

  /// Says nothing until it is closed.
  private static final class Silent extends InputStream {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException interrupted) {
        throw new InterruptedIOException();
      }
      throw new IOException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
