package io.tercet.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses and ranges of them.
class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "255.255.255.255, 255.255.255.255",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
    "2001:db8:1:0:1:1:1:1, 2001:db8:1:0:1:1:1:1",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "0:0:0:1:2:3:4:5, ::1:2:3:4:5",
    "1:2:3:4:5:0:0:0, 1:2:3:4:5::",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
  })
  void areReadAndWritten(String text, String canonical) {
    assertThat(IpAddress.parse(text).orElseThrow()).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.-4",
        "1.2.3.4 ",
        "0x7f.0.0.1",
        "2130706433",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4::",
        "[::1]",
        "localhost",
        "fe80::1%eth0",
        "::+1"
      })
  void areRefusedIfTheyAreNone(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void areReadFromBytes() {
    assertThat(IpAddress.of(new byte[] {9, (byte) 192, 0, 2, 1}, 1, 4)).hasToString("192.0.2.1");
    byte[] sixteen = new byte[16];
    sixteen[0] = 0x20;
    sixteen[1] = 1;
    sixteen[15] = (byte) 0xff;
    assertThat(IpAddress.of(sixteen, 0, 16)).hasToString("2001::ff");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::a00:1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/65, 2001:db8::7fff:0:0:0, true",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "::/0, 2001:db8::1, true",
    "::1, ::1, true"
  })
  void areInARangeOrNot(String range, String address, boolean contained) {
    IpAddressRange only = IpAddressRange.list(range).getFirst();
    assertThat(only.contains(IpAddress.parse(address).orElseThrow())).isEqualTo(contained);
  }

  @Test
  void comeInListsOfRanges() {
    List<IpAddressRange> ranges = IpAddressRange.list("127.0.0.1, ::1 ,10.0.0.0/8");
    assertThat(ranges).hasSize(3).isEqualTo(IpAddressRange.list("127.0.0.1/32,::1/128,10.0.0.0/8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/8,",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.1/8",
        "a/8",
        "10.0.0.0/",
        "::1/x"
      })
  void areRefusedInRangesThatAreNone(String list) {
    assertThatThrownBy(() -> IpAddressRange.list(list))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
