package io.tercet.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class UnreadConnectionsTest {

  private static final ClientNetwork ONE = ClientNetwork.of(InetAddress.ofLiteral("192.0.2.1"));
  private static final ClientNetwork OTHER = ClientNetwork.of(InetAddress.ofLiteral("192.0.2.2"));

  private final UnreadConnections unread = new UnreadConnections(100);

  @Test
  void stayOpenWhileTheyFit() {
    var first = new EmbeddedChannel();

    assertThat(unread.add(ONE, first, 60)).isZero();
    assertThat(unread.add(OTHER, new EmbeddedChannel(), 40)).isZero();
    assertThat(first.isOpen()).isTrue();
    assertThat(unread.bytes()).isEqualTo(100);
  }

  @Test
  void endWhereMostWaitsAndOfThoseTheOneThatHasNotReadForLongest() {
    Channel others = new EmbeddedChannel();
    Channel longest = new EmbeddedChannel();
    Channel later = new EmbeddedChannel();
    unread.add(OTHER, others, 40);
    unread.add(ONE, longest, 30);

    int closed = unread.add(ONE, later, 31);

    assertThat(closed).isEqualTo(1);
    assertThat(longest.isOpen()).isFalse();
    assertThat(later.isOpen()).isTrue();
    assertThat(others.isOpen()).isTrue();
    assertThat(unread.bytes()).isEqualTo(71);
  }

  @Test
  void countNoMoreWhenTheyReadAgain() {
    Channel reads = new EmbeddedChannel();
    unread.add(ONE, reads, 90);

    unread.remove(ONE, reads);
    unread.remove(ONE, reads);

    assertThat(unread.bytes()).isZero();
    assertThat(unread.add(ONE, new EmbeddedChannel(), 90)).isZero();
    assertThat(reads.isOpen()).isTrue();
  }

  @Test
  void endIfOneAloneIsTooMuch() {
    var large = new EmbeddedChannel();

    assertThat(unread.add(ONE, large, 101)).isEqualTo(1);
    assertThat(large.isOpen()).isFalse();
    assertThat(unread.bytes()).isZero();
  }
}
