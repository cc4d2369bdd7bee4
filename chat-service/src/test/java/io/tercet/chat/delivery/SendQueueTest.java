package io.tercet.chat.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SendQueueTest {

  private final RecordingChannel wire = new RecordingChannel();
  private final DeliverySettings settings =
      new DeliverySettings(
          10,
          10,
          DataSize.ofBytes(100),
          DataSize.ofBytes(20),
          DataSize.ofBytes(50),
          DataSize.ofBytes(40),
          10,
          10,
          Duration.ofSeconds(1));
  private final SendQueue outbox = new SendQueue(wire, settings);

  @Test
  void writesAtOnceWhenTheConnectionIsIdle() {
    outbox.offer(bytes("one"));
    assertThat(wire.messages).containsExactly("one");
  }

  @Test
  void gathersWhatComesWhileAWriteIsInFlight() {
    outbox.offer(bytes("one"));
    outbox.offer(bytes("two"));
    outbox.send(bytes("three"));
    assertThat(wire.messages).containsExactly("one");

    wire.complete();
    assertThat(wire.messages).containsExactly("one", "two\nthree");
  }

  @Test
  void splitsWhatGatheredAtAFramesEnd() {
    outbox.offer(bytes("first"));
    outbox.offer(bytes("a".repeat(25)));
    outbox.offer(bytes("b".repeat(14)));
    outbox.offer(bytes("c"));
    wire.complete();
    wire.complete();
    assertThat(wire.messages).containsExactly("first", "a".repeat(25) + "\n" + "b".repeat(14), "c");
  }

  @Test
  void refusesEntriesPastItsBoundAndKeepsRoomForAnswers() {
    assertThat(outbox.offer(bytes("x".repeat(100)))).isTrue();
    assertThat(outbox.offer(bytes("y"))).isFalse();
    outbox.send(bytes("behind"));
    wire.complete();
    assertThat(wire.messages).containsExactly("x".repeat(100), "behind");
    assertThat(wire.closed).isNull();
  }

  @Test
  void givesUpAConnectionThatAsksAndNeverReads() {
    outbox.offer(bytes("x".repeat(100)));
    outbox.send(bytes("y".repeat(50)));
    outbox.send(bytes("z"));
    assertThat(wire.closed).isEqualTo(CloseReason.OVERLOADED);
  }

  @Test
  void countsBytesAsUnsentUntilTheyAreWritten() {
    outbox.offer(bytes("x".repeat(60)));
    outbox.offer(bytes("y".repeat(40)));
    assertThat(outbox.offer(bytes("z"))).isFalse();
    wire.complete();
    assertThat(outbox.offer(bytes("z".repeat(60)))).isTrue();
    assertThat(outbox.offer(bytes("z"))).isFalse();
  }

  @Test
  void letsACatchUpGoOnWhenLittleIsUnsent() throws Exception {
    outbox.offer(bytes("x".repeat(60)));
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(outbox::awaitRoom);
    assertThat(waiting).isNotDone();
    wire.complete();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void wakesACatchUpWhenTheConnectionCloses() throws Exception {
    outbox.offer(bytes("x".repeat(60)));
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(outbox::awaitRoom);
    outbox.close();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void doesNotGoDeeperWhenWritesCompleteAtOnce() {
    wire.atOnce = true;
    for (int i = 0; i < 100_000; i++) {
      outbox.send(bytes("x"));
    }
    assertThat(wire.messages).hasSize(100_000);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A wire that completes a write when the test says so.
  private static final class RecordingChannel implements OutboundChannel {

    final List<String> messages = new ArrayList<>();
    CloseReason closed;
    boolean atOnce;
    private Runnable written;

    @Override
    public void write(ByteBuffer message, Runnable written) {
      messages.add(StandardCharsets.UTF_8.decode(message).toString());
      this.written = written;
      if (atOnce) {
        written.run();
      }
    }

    @Override
    public void close(CloseReason reason) {
      closed = reason;
    }

    void complete() {
      written.run();
    }
  }
}
