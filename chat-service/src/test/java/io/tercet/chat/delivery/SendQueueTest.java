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

  private final RecordingChannel channel = new RecordingChannel();
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
  private final SendQueue queue = new SendQueue(channel, settings);

  @Test
  void writesAtOnceWhenTheConnectionIsIdle() {
    queue.offer(bytes("one"));
    assertThat(channel.messages).containsExactly("one");
  }

  @Test
  void gathersWhatComesWhileAWriteIsInFlight() {
    queue.offer(bytes("one"));
    queue.offer(bytes("two"));
    queue.send(bytes("three"));
    assertThat(channel.messages).containsExactly("one");

    channel.complete();
    assertThat(channel.messages).containsExactly("one", "two\nthree");
  }

  @Test
  void splitsWhatGatheredAtAFramesEnd() {
    queue.offer(bytes("first"));
    queue.offer(bytes("a".repeat(25)));
    queue.offer(bytes("b".repeat(14)));
    queue.offer(bytes("c"));
    channel.complete();
    channel.complete();
    assertThat(channel.messages)
        .containsExactly("first", "a".repeat(25) + "\n" + "b".repeat(14), "c");
  }

  @Test
  void refusesEntriesPastItsBoundAndKeepsRoomForAnswers() {
    assertThat(queue.offer(bytes("x".repeat(100)))).isTrue();
    assertThat(queue.offer(bytes("y"))).isFalse();
    queue.send(bytes("behind"));
    channel.complete();
    assertThat(channel.messages).containsExactly("x".repeat(100), "behind");
    assertThat(channel.closed).isNull();
  }

  @Test
  void givesUpAConnectionThatAsksAndNeverReads() {
    queue.offer(bytes("x".repeat(100)));
    queue.send(bytes("y".repeat(50)));
    queue.send(bytes("z"));
    assertThat(channel.closed).isEqualTo(CloseReason.OVERLOADED);
  }

  @Test
  void countsBytesAsUnsentUntilTheyAreWritten() {
    queue.offer(bytes("x".repeat(60)));
    queue.offer(bytes("y".repeat(40)));
    assertThat(queue.offer(bytes("z"))).isFalse();
    channel.complete();
    assertThat(queue.offer(bytes("z".repeat(60)))).isTrue();
    assertThat(queue.offer(bytes("z"))).isFalse();
  }

  @Test
  void letsACatchUpGoOnWhenLittleIsUnsent() throws Exception {
    queue.offer(bytes("x".repeat(60)));
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(queue::awaitSpace);
    assertThat(waiting).isNotDone();
    channel.complete();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void wakesACatchUpWhenTheConnectionCloses() throws Exception {
    queue.offer(bytes("x".repeat(60)));
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(queue::awaitSpace);
    queue.close();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void doesNotGoDeeperWhenWritesCompleteAtOnce() {
    channel.atOnce = true;
    for (int i = 0; i < 100_000; i++) {
      queue.send(bytes("x"));
    }
    assertThat(channel.messages).hasSize(100_000);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A channel that completes a write when the test says so.
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
