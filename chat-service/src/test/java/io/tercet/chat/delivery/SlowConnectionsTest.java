package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.EVE;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MockClock;
import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.SendBudget;
import io.tercet.chat.people.Person;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowConnectionsTest {

  private final DeliveryFixture fixture = new DeliveryFixture();
  private final MockClock clock = new MockClock();
  private final SlowConnections slow =
      new SlowConnections(
          fixture.connections, fixture.catchUp, fixture.settings, fixture.metrics, clock);
  private final SendBudget budget = fixture.connections.budget();
  private TestChannel longest;
  private TestChannel shorter;

  @BeforeEach
  void fillTheQueues() {
    fixture.append(joined(ADA), joined(BOB), joined(EVE));
    longest = waiting(ADA, 3_000);
    shorter = waiting(BOB, 300);
  }

  @Test
  void leavesEverybodyAloneWhileThereIsRoom() {
    slow.makeRoom();
    clock.add(Duration.ofMinutes(1));
    slow.makeRoom();
    assertThat(longest.connection.subscriptions()).hasSize(1);
    assertThat(longest.closed).isNull();
  }

  @Test
  void tellsTheLongestQueueThatItIsBehindWhenTheBudgetIsHigh() {
    use(budget.high() + 1);
    slow.makeRoom();
    assertThat(longest.connection.subscriptions()).isEmpty();
    longest.readAgain();
    assertThat(longest.frames()).endsWith("behind 3");
  }

  @Test
  void closesOneThatWasToldAndDoesNotRead() {
    use(budget.high() + 1);
    slow.makeRoom();
    clock.add(fixture.settings.slowMax());
    slow.makeRoom();
    assertThat(longest.closed).isNull();

    clock.add(Duration.ofMillis(1));
    slow.makeRoom();
    assertThat(longest.closed).isEqualTo(CloseReason.SLOW);
  }

  @Test
  void keepsOneThatWasToldAndReads() {
    use(budget.high() + 1);
    slow.makeRoom();
    longest.readAgain();
    clock.add(Duration.ofMinutes(1));
    slow.makeRoom();
    assertThat(longest.closed).isNull();
    assertThat(longest.aborted).isFalse();
  }

  @Test
  void endsTheLongestQueuesAtOnceWhenTheBudgetIsUsedUp() {
    use(budget.bytesMax() + 1);
    slow.makeRoom();
    assertThat(longest.aborted).isTrue();
    fixture.handler.closed(longest.connection);
    assertThat(longest.connection.sendQueue().unsent()).isZero();
  }

  @Test
  void endsNoMoreThanMakesRoom() {
    use(budget.bytesMax() + 1);
    long needed = budget.used() - budget.high();
    assertThat(needed).isGreaterThan(longest.connection.sendQueue().unsent());
    TestChannel reading = fixture.live(EVE);
    slow.makeRoom();
    assertThat(reading.aborted).isFalse();
    assertThat(reading.connection.subscriptions()).hasSize(1);
  }

  /// Somebody else's bytes fill the budget up to this.
  private void use(long bytes) {
    assertThat(budget.tryAdd(bytes - budget.used(), SendBudget.Claim.FIRST_ANSWER)).isTrue();
  }

  private TestChannel waiting(Person person, int bytes) {
    TestChannel channel = fixture.live(person);
    fixture.threads.later.clear();
    channel.reading = false;
    String pong = "{\"type\":\"pong\",\"requestId\":\"" + "x".repeat(bytes / 3) + "\"}";
    for (int i = 0; i < 3; i++) {
      channel.connection.sendQueue().offer(ByteBuffer.wrap(pong.getBytes(StandardCharsets.UTF_8)));
    }
    return channel;
  }
}
