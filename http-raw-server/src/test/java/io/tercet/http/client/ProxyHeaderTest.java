package io.tercet.http.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.client.ProxyHeader.State;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers of the PROXY protocol, in hexadecimal: what follows the signature.
class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String IPV4 = "2111000c" + "c0000201" + "7f000001" + "1267" + "0050";
  private static final String IPV6 =
      "21210024"
          + "20010db8000000000000000000000001"
          + "00000000000000000000000000000001"
          + "1267"
          + "0050";

  @ParameterizedTest
  @CsvSource({
    IPV4 + ", 192.0.2.1, 4711",
    IPV6 + ", 2001:db8::1, 4711",
    "21110011c00002017f0000011267005004" + "00020102, 192.0.2.1, 4711",
  })
  void nameTheirSourceHoweverTheyArrive(String hex, String address, int port) {
    byte[] bytes = bytes(SIGNATURE + hex + "474554");
    int end = bytes.length - 3;
    for (int length = 0; length < end; length++) {
      assertThat(ProxyHeader.parse(bytes, 0, length).state())
          .as("%d bytes", length)
          .isEqualTo(State.INCOMPLETE);
    }
    for (int length = end; length <= bytes.length; length++) {
      ProxyHeader header = ProxyHeader.parse(bytes, 0, length);
      assertThat(header.state()).isEqualTo(State.COMPLETE);
      assertThat(header.end()).isEqualTo(end);
      assertThat(header.source().address()).hasToString(address);
      assertThat(header.source().port()).isEqualTo(port);
    }
  }

  @Test
  void areReadWhereverTheyLie() {
    byte[] bytes = bytes("ffffff" + SIGNATURE + IPV4);
    ProxyHeader header = ProxyHeader.parse(bytes, 3, bytes.length);
    assertThat(header.end()).isEqualTo(bytes.length);
    assertThat(header.source().address()).hasToString("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // LOCAL: a health check, with and without addresses.
        "20000000",
        "2011000cc00002017f00000112670050",
        "20410000",
        // PROXY, of what is not known, of UDP, of a local socket.
        "21000000",
        "2112000cc00002017f00000112670050",
        "21310004" + "01020304",
        "21320000",
        "21220000",
      })
  void speakForNobodyElse(String hex) {
    byte[] bytes = bytes(SIGNATURE + hex);
    ProxyHeader header = ProxyHeader.parse(bytes, 0, bytes.length);
    assertThat(header.state()).isEqualTo(State.COMPLETE);
    assertThat(header.source()).isNull();
    assertThat(header.end()).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1111000c",
        "3111000c",
        "2211000c",
        "2f11000c",
        // Families and protocols that are not assigned.
        "2141000c",
        "2113000c",
        "21f10000",
        "210f0000",
        // Too short for its addresses.
        "2111000b",
        "21210023",
        "21110000",
        // Longer than any: 4096 bytes with the first 16 would just fit.
        "21110ff1",
        "2000ffff"
      })
  void areRefusedWhenTheyAreWrong(String hex) {
    byte[] bytes = bytes(SIGNATURE + hex);
    assertThat(ProxyHeader.parse(bytes, 0, bytes.length).state()).isEqualTo(State.REJECTED);
  }

  @Test
  void mayHaveAsMuchAsTheBoundSays() {
    byte[] bytes = Arrays.copyOf(bytes(SIGNATURE + "21110ff0"), ProxyHeader.BYTES_MAX);
    ProxyHeader header = ProxyHeader.parse(bytes, 0, bytes.length);
    assertThat(header.end()).isEqualTo(ProxyHeader.BYTES_MAX);
    assertThat(ProxyHeader.parse(bytes, 0, bytes.length - 1).state()).isEqualTo(State.INCOMPLETE);
  }

  @Test
  void areRefusedAtTheFirstByteThatIsNotOfTheSignature() {
    byte[] signature = bytes(SIGNATURE);
    for (int i = 0; i < signature.length; i++) {
      byte[] wrong = signature.clone();
      wrong[i] ^= 1;
      assertThat(ProxyHeader.parse(wrong, 0, i).state()).isEqualTo(State.INCOMPLETE);
      assertThat(ProxyHeader.parse(wrong, 0, i + 1).state()).isEqualTo(State.REJECTED);
    }
    byte[] version1 = "PROXY TCP4 192.0.2.1 127.0.0.1 4711 80\r\n".getBytes(US_ASCII);
    assertThat(ProxyHeader.parse(version1, 0, version1.length).state()).isEqualTo(State.REJECTED);
  }

  @Test
  void neverReadPastWhatIsThereNorChangeTheirMind() {
    // The same walk each time.
    long seed = 9112;
    Random random = new Random(seed);
    byte[] signature = bytes(SIGNATURE);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      System.arraycopy(signature, 0, bytes, 0, Math.min(12, bytes.length));
      if (bytes.length > 14 && random.nextBoolean()) {
        bytes[12] = 0x21;
        bytes[14] = 0;
      }
      State last = State.INCOMPLETE;
      for (int length = 0; length <= bytes.length; length++) {
        // Flush against the end, so that a read past it is out of bounds.
        byte[] exact = Arrays.copyOf(bytes, length);
        State state = ProxyHeader.parse(exact, 0, length).state();
        assertThat(last == State.INCOMPLETE || state == last).as("seed %d", seed).isTrue();
        last = state;
      }
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
