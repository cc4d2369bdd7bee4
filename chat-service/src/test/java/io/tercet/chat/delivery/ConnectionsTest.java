package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.EVE;
import static io.tercet.chat.delivery.DeliveryFixture.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.OutboundSettings;
import io.tercet.chat.people.Person;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// The bounds here: four connections, three of a person, three from a network.
class ConnectionsTest {

  private final Connections connections = new DeliveryFixture().connections;

  @Test
  void closesAConnectionPastTheLimitOfAll() {
    open(ADA, "192.0.2.1");
    open(ADA, "192.0.2.1");
    open(BOB, "192.0.2.2");
    Connection fourth = open(EVE, "192.0.2.3");
    assertThat(opens(EVE, "192.0.2.4")).isFalse();
    connections.remove(fourth);
    assertThat(opens(EVE, "192.0.2.4")).isTrue();
  }

  @Test
  void closesAConnectionPastTheLimitOfItsPerson() {
    Connection first = open(ADA, "192.0.2.1");
    open(ADA, "192.0.2.2");
    open(ADA, "192.0.2.3");
    assertThat(opens(ADA, "192.0.2.4")).isFalse();
    connections.remove(first);
    connections.remove(first);
    assertThat(opens(ADA, "192.0.2.4")).isTrue();
    assertThat(opens(ADA, "192.0.2.4")).isFalse();
  }

  @Test
  void closesAConnectionPastTheLimitOfItsNetwork() {
    Connection first = open(ADA, "192.0.2.1");
    open(ADA, "192.0.2.1");
    open(BOB, "192.0.2.1");
    assertThat(opens(EVE, "192.0.2.1")).isFalse();
    connections.remove(first);
    assertThat(opens(EVE, "192.0.2.1")).isTrue();
  }

  @Test
  void closesAConnectionThatOpensWhileTheServiceDrains() {
    connections.accept(false);
    assertThat(opens(ADA, "192.0.2.1")).isFalse();
    assertThat(connections.count()).isZero();
  }

  @Test
  void listsTheConnectionsOfAPerson() {
    Connection first = open(ADA, "192.0.2.1");
    open(BOB, "192.0.2.1");
    Connection second = open(ADA, "192.0.2.1");
    assertThat(connections.of(ADA.personId())).containsExactly(first, second);
    connections.remove(first);
    connections.remove(second);
    assertThat(connections.of(ADA.personId())).isEmpty();
  }

  @Test
  void boundsWhatWaitsForAllConnectionsOfOnePerson() {
    DeliveryFixture fixture = new DeliveryFixture();
    long personMax = 10_000;
    OutboundSettings outbound =
        new OutboundSettings(
            DataSize.ofKilobytes(100),
            DataSize.ofKilobytes(1),
            DataSize.ofKilobytes(1),
            DataSize.ofBytes(personMax),
            DataSize.ofKilobytes(100),
            DataSize.ofKilobytes(2));
    Connections connections = new Connections(fixture.settings, outbound, fixture.metrics);
    long offered = 0;
    for (int i = 0; i < 3; i++) {
      TestChannel channel = new TestChannel();
      channel.reading = false;
      Connection connection = connections.open(ADA, SESSION, "192.0.2.1", channel);
      while (connection.sendQueue().offer(ByteBuffer.allocate(1_000))) {
        offered += 1_000;
      }
    }
    assertThat(offered).isBetween(personMax / 2, personMax);
    assertThat(connections.budget().used()).isBetween(offered, personMax);
    Connection bob = connections.open(BOB, SESSION, "192.0.2.2", new TestChannel());
    assertThat(bob.sendQueue().offer(ByteBuffer.allocate(1_000))).isTrue();
  }

  private Connection open(Person person, String network) {
    return connections.open(person, SESSION, network, new TestChannel());
  }

  private boolean opens(Person person, String network) {
    TestChannel channel = new TestChannel();
    connections.open(person, SESSION, network, channel);
    assertThat(channel.closed).isIn(null, CloseReason.OVERLOADED);
    return channel.closed == null;
  }
}
