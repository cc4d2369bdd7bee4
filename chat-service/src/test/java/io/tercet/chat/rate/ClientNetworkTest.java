package io.tercet.chat.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::1, 0:0:0:0:0:0:0:0",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
    "[2001:db8:1:2:3:4:5:6], 2001:db8:1:2:0:0:0:0",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:0",
    "'', ''",
    "a.unix.socket, a.unix.socket",
  })
  void isAnAddressOfVersionFourOrThe64OfOneOfVersionSix(String address, String network) {
    assertThat(ClientNetwork.of(address).text()).isEqualTo(network);
  }
}
