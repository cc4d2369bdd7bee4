package io.tercet.chat.delivery.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SendQueueTest {

  private final RecordingChannel channel = new RecordingChannel();
  private final OutboundSettings settings =
      new OutboundSettings(
          DataSize.ofBytes(100 + 2 * SendQueue.FRAME_BYTES),
          DataSize.ofBytes(20 + SendQueue.FRAME_BYTES),
          DataSize.ofBytes(50 + SendQueue.FRAME_BYTES),
          DataSize.ofBytes(10_000),
          DataSize.ofBytes(10_000),
          DataSize.ofBytes(40));
  private final SendBudget budget = SendBudget.of(10_000);
  private final SendQueue queue = new SendQueue(channel, settings, budget);

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
    queue.send(bytes("b".repeat(14)));
    queue.send(bytes("c"));
    channel.complete();
    channel.complete();
    assertThat(channel.messages)
        .containsExactly("first", "a".repeat(25) + "\n" + "b".repeat(14), "c");
  }

  @Test
  void refusesEntriesPastItsBoundAndKeepsRoomForAnswers() {
    assertThat(queue.offer(bytes("x".repeat(100)))).isTrue();
    assertThat(queue.offer(bytes("y".repeat(65)))).isFalse();
    queue.send(bytes("behind"));
    channel.complete();
    assertThat(channel.messages).containsExactly("x".repeat(100), "behind");
    assertThat(channel.closed).isNull();
  }

  @Test
  void givesUpAConnectionThatAsksAndNeverReads() {
    queue.offer(bytes("x".repeat(100)));
    queue.send(bytes("y".repeat(50)));
    assertThat(channel.closed).isNull();
    queue.send(bytes("z".repeat(65)));
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
  void countsInTheBudgetWhatWaitsAndWhatIsInFlight() {
    int frame = SendQueue.FRAME_BYTES;
    queue.offer(bytes("x".repeat(10)));
    queue.send(bytes("y".repeat(20)));
    queue.send(bytes("z".repeat(5)));
    assertThat(budget.used()).isEqualTo(35 + 3 * frame);
    channel.complete();
    assertThat(budget.used()).as("two in one message").isEqualTo(25 + 2 * frame);
    queue.send(bytes("later"));
    queue.close();
    assertThat(budget.used()).as("in flight at the close").isEqualTo(25 + 2 * frame);
    queue.ended();
    assertThat(budget.used()).isZero();
    channel.complete();
    assertThat(budget.used()).as("counted once").isZero();
  }

  @Test
  void refusesEntriesForAConnectionThatDoesNotKeepUpWhenTheBudgetIsHigh() {
    use(7_500 - 2 * SendQueue.FRAME_BYTES);
    assertThat(queue.offer(bytes("first"))).as("it keeps up").isTrue();
    assertThat(queue.offer(bytes("x".repeat(60)))).isFalse();
    queue.send(bytes("an answer"));
    assertThat(channel.closed).isNull();
    channel.complete();
    assertThat(queue.hasSpace(10)).isFalse();
    channel.complete();
    assertThat(queue.hasSpace(10)).isTrue();
  }

  @Test
  void closesAConnectionThatDoesNotReadItsAnswersWhenTheBudgetIsUsedUp() {
    use(10_000);
    queue.send(bytes("it keeps up"));
    assertThat(channel.closed).isNull();
    queue.send(bytes("it does not"));
    assertThat(channel.closed).isEqualTo(CloseReason.SLOW);
  }

  @Test
  void closesAlsoAConnectionThatKeepsUpWhenFarMoreThanTheBudgetIsUsed() {
    use(12_500);
    queue.send(bytes("one answer more"));
    assertThat(channel.closed).isEqualTo(CloseReason.SLOW);
    assertThat(budget.used()).isEqualTo(12_500);
  }

  @Test
  void runsATaskWhenEverythingThatWasQueuedBeforeHasLeft() {
    List<String> done = new ArrayList<>();
    queue.whenWritten(() -> done.add("idle"));
    queue.offer(bytes("one"));
    queue.offer(bytes("two"));
    queue.whenWritten(() -> done.add("two has left"));
    queue.send(bytes("x".repeat(40)));
    channel.complete();
    assertThat(done).containsExactly("idle");
    channel.complete();
    assertThat(done).containsExactly("idle", "two has left");
  }

  @Test
  void dropsATaskThatWaitsWhenItCloses() {
    List<String> done = new ArrayList<>();
    queue.offer(bytes("one"));
    queue.whenWritten(() -> done.add("one has left"));
    queue.close();
    channel.complete();
    assertThat(done).isEmpty();
  }

  @Test
  void letsAHistoryGoOnWhenLittleIsUnsent() throws Exception {
    queue.offer(bytes("x".repeat(60)));
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(queue::awaitSpace);
    assertThat(waiting).isNotDone();
    channel.complete();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void wakesAHistoryWhenTheConnectionCloses() throws Exception {
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

  /// Somebody else's bytes.
  private void use(long bytes) {
    assertThat(budget.tryAdd(bytes, SendBudget.Claim.FIRST_ANSWER)).isTrue();
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

    @Override
    public void abort() {
      throw new UnsupportedOperationException();
    }

    void complete() {
      written.run();
    }
  }
}
