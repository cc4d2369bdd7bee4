package io.tercet.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenConnectionsTest {

  private final OpenConnections connections = new OpenConnections(4, 2);

  @Test
  void letOneNetworkHaveAShareOnly() {
    var first = connections.open(address("2001:db8::1")).orElseThrow();
    assertThat(connections.open(address("2001:db8::2"))).isPresent();

    assertThat(connections.open(address("2001:db8::3"))).isEmpty();
    assertThat(connections.open(address("2001:db8:0:1::3"))).isPresent();

    first.close();
    assertThat(connections.open(address("2001:db8::3"))).isPresent();
  }

  @Test
  void haveABoundForAll() {
    for (int last = 1; last <= 4; last++) {
      assertThat(connections.open(address("192.0.2." + last))).isPresent();
    }

    assertThat(connections.open(address("192.0.2.5"))).isEmpty();
    assertThat(connections.open(null)).isEmpty();
    assertThat(connections.size()).isEqualTo(4);
  }

  @Test
  void countThoseWithoutAnAddressOnlyForAll() {
    for (int i = 0; i < 4; i++) {
      assertThat(connections.open(null)).isPresent();
    }

    assertThat(connections.open(null)).isEmpty();
  }

  @Test
  void useNoPlaceForARefusedOne() {
    var first = connections.open(address("192.0.2.1")).orElseThrow();
    var second = connections.open(address("192.0.2.1")).orElseThrow();
    assertThat(connections.open(address("192.0.2.1"))).isEmpty();
    first.close();
    second.close();

    assertThat(connections.size()).isZero();
    assertThat(connections.open(address("192.0.2.1"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"10000, 1048576, 10000", "10000, 20000, 9500", "10000, 1024, 12", "10000, 256, 1"})
  void areNoMoreThanTheProcessHasFilesFor(int setting, long openFiles, int expected) {
    assertThat(ConnectionLimit.max(setting, openFiles)).isEqualTo(expected);
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
