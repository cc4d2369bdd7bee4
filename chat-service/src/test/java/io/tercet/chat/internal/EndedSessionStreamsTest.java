package io.tercet.chat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndedSessionStreamsTest {

  private static final int QUEUE_MAX = 3;
  private static final UUID ADA = UUID.randomUUID();

  private final HintBroker hints = mock(HintBroker.class, withSettings().stubOnly());
  private final EndedSessionStreams ended = ended(Duration.ofMinutes(1));

  @BeforeEach
  void start() {
    when(hints.isHearing()).thenReturn(true);
    ended.start();
  }

  @AfterEach
  void stop() {
    ended.stop();
  }

  @Test
  void tellEachGatewayEachSessionAtOnce() throws Exception {
    Gateway one = listen(ended);
    Gateway two = listen(ended);
    UUID sessionId = end();

    assertThat(one.next()).isEqualTo("{\"complete\":true}");
    assertThat(one.next()).isEqualTo("{\"sessionId\":\"" + sessionId + "\"}");
    assertThat(two.next()).isEqualTo("{\"complete\":true}");
    assertThat(two.next()).isEqualTo("{\"sessionId\":\"" + sessionId + "\"}");
  }

  @Test
  void sayAgainAndAgainThatTheStreamIsThere() throws Exception {
    EndedSessionStreams quick = ended(Duration.ofMillis(10));
    quick.start();
    Gateway gateway = listen(quick);

    for (int i = 0; i < 5; i++) {
      assertThat(gateway.next()).isEqualTo("{\"complete\":true}");
    }
    quick.stop();
  }

  @Test
  void sayWhileHintsOfOtherReplicasDoNotArrive() throws Exception {
    when(hints.isHearing()).thenReturn(false);

    assertThat(listen(ended).next()).isEqualTo("{\"complete\":false}");
  }

  @Test
  void cutAGatewayThatDoesNotReadAndNobodyElse() throws Exception {
    Gateway slow = listen(ended);
    Gateway reads = listen(ended);
    slow.next();
    reads.next();
    slow.reading = new CountDownLatch(1);
    end();
    await().until(() -> slow.blocked);
    reads.next();
    for (int i = 0; i <= QUEUE_MAX; i++) {
      end();
      reads.next();
    }
    assertThat(ended.streams()).isEqualTo(1);

    slow.reading.countDown();
    slow.thread.join();
    assertThat(reads.thread.isAlive()).isTrue();
  }

  @Test
  void refuseAStreamTooMany() {
    listen(ended);
    listen(ended);

    assertThatThrownBy(() -> ended.stream(OutputStream.nullOutputStream()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void endAllWhenTheServiceStops() throws Exception {
    Gateway gateway = listen(ended);
    ended.stop();

    gateway.thread.join();
    assertThat(ended.streams()).isZero();
    assertThatThrownBy(() -> ended.stream(OutputStream.nullOutputStream()))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void forgetAGatewayThatIsGone() throws Exception {
    Gateway gateway = listen(ended);
    gateway.next();
    gateway.gone = true;
    end();

    gateway.thread.join();
    assertThat(ended.streams()).isZero();
  }

  private UUID end() {
    UUID sessionId = UUID.randomUUID();
    ended.heard(new Hint.SessionEnded(ADA, sessionId));
    return sessionId;
  }

  private EndedSessionStreams ended(Duration heartbeat) {
    return new EndedSessionStreams(new EndedSessionsSettings(2, QUEUE_MAX, heartbeat), hints);
  }

  private Gateway listen(EndedSessionStreams to) {
    int before = to.streams();
    Gateway gateway = new Gateway();
    gateway.thread = Thread.startVirtualThread(() -> to.stream(gateway));
    await().until(() -> to.streams() > before);
    return gateway;
  }

  /// The other end of a stream.
  private static final class Gateway extends OutputStream {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile CountDownLatch reading = new CountDownLatch(0);
    private volatile boolean blocked;
    private volatile boolean gone;
    private Thread thread;

    String next() throws InterruptedException {
      return lines.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public void write(byte[] line) throws IOException {
      if (gone) {
        throw new IOException("gone");
      }
      try {
        blocked = reading.getCount() > 0;
        reading.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      lines.add(new String(line, StandardCharsets.US_ASCII).strip());
    }

    @Override
    public void write(int octet) {
      throw new UnsupportedOperationException();
    }
  }
}
