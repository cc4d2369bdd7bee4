package io.tercet.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What clients leave unfinished takes no more memory than there is for it. Bodies: see
/// [RequestBodiesTest].
class MemoryBudgetTest {
  private static final String BEGUN = "GET / HTTP/1.1\r\nHost: a.example\r\nX: ";
  private static final String WHOLE = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

  private final MemoryBudget budget = new MemoryBudget(10_000);

  private Dialogue client(Body.Bytes body) {
    return new Dialogue(request -> new Response(Status.OK, Fields.NONE, body), budget);
  }

  @Test
  void aHeadIsRefusedThatFindsNoRoomToWait() {
    Dialogue first = client(Body.Bytes.NONE);
    Dialogue second = client(Body.Bytes.NONE);
    first.say(BEGUN + "x".repeat(6_000));
    assertThat(budget.reserved()).isBetween(6_000L, 10_000L);
    assertThat(second.say(BEGUN + "x".repeat(6_000)))
        .startsWith("HTTP/1.1 503 ")
        .contains("Connection: close");
    assertThat(second.refused).containsExactly(Rule.TOO_MUCH_UNFINISHED);
    assertThat(first.say("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void aHeadThatIsWholeNeedsNoRoom() {
    Dialogue client = client(Body.Bytes.NONE);
    assertThat(client.say(BEGUN + "x".repeat(12_000) + "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void aConnectionEndsWhoseAnswerNobodyTakesWhenThereIsNoRoomForIt() {
    Dialogue first = client(new Body.Bytes(new byte[6_000]));
    Dialogue second = client(new Body.Bytes(new byte[6_000]));
    first.room = 0;
    second.room = 0;
    first.say(WHOLE);
    assertThat(budget.reserved()).isBetween(6_000L, 10_000L);
    second.say(WHOLE);
    assertThat(second.isOver()).isTrue();
    assertThat(first.isOver()).isFalse();
    first.room = Integer.MAX_VALUE;
    assertThat(first.listen()).startsWith("HTTP/1.1 200 ");
    assertThat(budget.reserved()).isZero();
  }

  /// It may be a file of the cache, which drops it while it waits: then only we keep it.
  @Test
  void anAnswerCountsThatIsTooLargeToBeCopied() {
    Body.Bytes large = new Body.Bytes(new byte[Workspace.OUTPUT_BYTES]);
    MemoryBudget room = new MemoryBudget(Workspace.OUTPUT_BYTES + 1_000);
    Dialogue first = new Dialogue(request -> new Response(Status.OK, Fields.NONE, large), room);
    Dialogue second = new Dialogue(request -> new Response(Status.OK, Fields.NONE, large), room);
    first.room = 0;
    second.room = 0;
    first.say(WHOLE);
    assertThat(room.reserved()).isGreaterThan(Workspace.OUTPUT_BYTES);
    second.say(WHOLE);
    assertThat(second.isOver()).isTrue();
    first.vanish();
    assertThat(room.reserved()).isZero();
  }

  @Test
  void aRequestCountsThatTheLogWaitsToTellOf() {
    Dialogue first = client(Body.Bytes.NONE);
    Dialogue second = client(Body.Bytes.NONE);
    first.room = 0;
    second.room = 0;
    first.say(BEGUN + "x".repeat(6_000) + "\r\n\r\n");
    assertThat(budget.reserved()).isBetween(6_000L, 10_000L);
    second.say(BEGUN + "x".repeat(6_000) + "\r\n\r\n");
    assertThat(second.isOver()).isTrue();
    first.room = Integer.MAX_VALUE;
    assertThat(first.listen()).startsWith("HTTP/1.1 200 ");
    assertThat(first.logged).hasSize(1);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void whatFitsIsTakenWhateverIsRefusedMeanwhile() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread greedy =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                assertThat(budget.tryReserve(10_001)).isFalse();
              }
            });
    int taken = 0;
    for (int i = 0; i < 1_000_000; i++) {
      if (budget.tryReserve(1)) {
        taken++;
        budget.release(1);
      }
    }
    done.set(true);
    greedy.join();
    assertThat(taken).isEqualTo(1_000_000);
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void trailersCountUntilTheyHaveAllCome() {
    String chunked =
        "POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    Dialogue first = client(Body.Bytes.NONE);
    Dialogue second = client(Body.Bytes.NONE);
    first.say(chunked + "X: " + "x".repeat(6_000));
    assertThat(budget.reserved()).isBetween(6_000L, 10_000L);
    assertThat(second.say(chunked + "X: " + "x".repeat(6_000))).startsWith("HTTP/1.1 503 ");
    assertThat(first.say("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(budget.reserved()).isZero();
  }
}
