package io.tercet.chat.rest.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Pictures that arrive at the same time, and slowly.
class PictureUploadsTest {

  private static final String HERE = "192.0.2.1";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<Integer> lengths = new ArrayList<>();

  @Test
  void areReadToTheirEnd() throws IOException {
    uploads(1, 1, LONG, LONG).receive(HERE, bytes(100_000), body -> lengths.add(body.length));
    assertThat(lengths).containsExactly(100_000);
  }

  @Test
  void ofOneAddressAreBounded() throws Exception {
    PictureUploads uploads = uploads(9, 2, LONG, LONG);
    Held one = hold(uploads, HERE);
    Held two = hold(uploads, HERE);
    assertRefused(ProblemType.TOO_FAST, () -> receive(uploads, HERE));
    receive(uploads, "192.0.2.2");
    one.release();
    receive(uploads, HERE);
    two.release();
  }

  @Test
  void comeOneAfterTheOther() throws Exception {
    PictureUploads uploads = uploads(1, 9, Duration.ofMillis(1), LONG);
    Held one = hold(uploads, HERE);
    assertRefused(ProblemType.SERVICE_UNAVAILABLE, () -> receive(uploads, HERE));
    one.release();
    receive(uploads, HERE);
    assertThat(lengths).containsExactly(1);
  }

  @Test
  void mustArriveInTime() {
    PictureUploads uploads = uploads(1, 1, LONG, Duration.ZERO);
    assertRefused(ProblemType.REQUEST_TIMEOUT, () -> receive(uploads, HERE));
    assertThat(lengths).isEmpty();
  }

  @Test
  void giveTheirTurnBackWhenTheyFail() throws IOException {
    PictureUploads uploads = uploads(1, 1, LONG, LONG);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatThrownBy(() -> uploads.receive(HERE, broken, body -> {}))
        .isInstanceOf(IOException.class);
    receive(uploads, HERE);
    assertThat(lengths).containsExactly(1);
  }

  /// A body that is being worked with until it is released.
  private record Held(CountDownLatch end, CompletableFuture<Void> done) {

    void release() throws Exception {
      end.countDown();
      done.get(60, TimeUnit.SECONDS);
    }
  }

  private static Held hold(PictureUploads uploads, String address) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(
            () -> {
              try {
                uploads.receive(
                    address,
                    bytes(1),
                    body -> {
                      begun.countDown();
                      await(end);
                    });
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            task -> Thread.ofVirtual().start(task));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    return new Held(end, done);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void receive(PictureUploads uploads, String address) throws IOException {
    uploads.receive(address, bytes(1), body -> lengths.add(body.length));
  }

  private static void assertRefused(ProblemType type, ThrowingCallable upload) {
    assertThatThrownBy(upload)
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.type()).isEqualTo(type));
  }

  private static PictureUploads uploads(
      int atOnce, int atOncePerNetwork, Duration waitMax, Duration timeMax) {
    return new PictureUploads(
        new PictureUploadSettings(atOnce, atOncePerNetwork, waitMax, timeMax));
  }

  private static InputStream bytes(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }
}
