package io.tercet.gateway.filter.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.gateway.limit.ClientNetwork;
import io.tercet.gateway.limit.LimitSettings;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ReceivedBodiesTest {

  private static final ClientNetwork ADA = network("192.0.2.1");
  private static final ClientNetwork GRACE = network("192.0.2.2");

  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final ReceivedBodies bodies = new ReceivedBodies(limits(100, 60), metrics);

  @Test
  void holdsWhatOneAddressMaySendAndNoByteMore() {
    bodies.add(ADA, 60);

    assertRefused(ADA, 1, ProblemType.TOO_FAST);
    bodies.add(GRACE, 30);
  }

  @Test
  void holdsWhatAllMaySendAndNoByteMore() {
    bodies.add(ADA, 60);
    bodies.add(GRACE, 40);

    assertRefused(network("192.0.2.3"), 1, ProblemType.OVERLOADED);
  }

  @Test
  void hasRoomAgainWhenBytesAreGivenBack() {
    bodies.add(ADA, 60);
    assertRefused(ADA, 1, ProblemType.TOO_FAST);

    bodies.remove(ADA, 1);
    bodies.remove(ADA, 60);

    assertThat(metrics.get("tercet.gateway.bodies").gauge().value()).isZero();
    bodies.add(ADA, 60);
  }

  @Test
  void countsANetworkOfIpv6AsOneAddress() {
    bodies.add(network("2001:db8::1"), 60);

    assertRefused(network("2001:db8::2"), 1, ProblemType.TOO_FAST);
    bodies.add(network("2001:db8:0:1::1"), 30);
  }

  private void assertRefused(ClientNetwork network, int bytes, ProblemType type) {
    assertThatThrownBy(() -> bodies.add(network, bytes))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private static ClientNetwork network(String address) {
    return ClientNetwork.of(InetAddress.ofLiteral(address));
  }

  private static LimitSettings limits(long all, long perAddress) {
    var some = DataSize.ofKilobytes(1);
    var moment = Duration.ofSeconds(1);
    return new LimitSettings(
        1,
        1,
        some,
        some,
        some,
        some,
        some,
        moment,
        DataSize.ofBytes(all),
        DataSize.ofBytes(perAddress),
        some,
        moment,
        moment,
        moment,
        moment);
  }
}
