package io.tercet.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Headers;
import io.tercet.http.message.IpAddress;
import io.tercet.http.message.IpAddressRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whom proxies speak for, when only those in 10.0.0.0/8 are believed. The request comes from
/// 10.0.0.1.
class ForwardedForTest {
  private static final TrustedProxies TRUSTED =
      new TrustedProxies(IpAddressRange.list("10.0.0.0/8"), false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1                          | 192.0.2.1
          198.51.100.9, 192.0.2.1            | 192.0.2.1
          198.51.100.9, 192.0.2.1, 10.0.0.7  | 192.0.2.1
          10.0.0.9, 10.0.0.7                 | 10.0.0.9
          2001:db8::1                        | 2001:db8::1
          [2001:db8::1]:4711                 | 2001:db8::1
          [2001:db8::1]                      | 2001:db8::1
          192.0.2.1:4711                     | 192.0.2.1
          unknown                            | 10.0.0.1
          192.0.2.1, unknown, 10.0.0.7       | 10.0.0.7
          192.0.2.1,                         | 10.0.0.1
          192.0.2.1, , 10.0.0.7              | 10.0.0.7
          [::1                               | 10.0.0.1
          ''                                 | 10.0.0.1
          """)
  void isTheRightmostAddressThatIsNoProxy(String value, String client) {
    assertThat(client("10.0.0.1", "X-Forwarded-For", value)).hasToString(client);
  }

  @Test
  void isReadFromAllFieldsAsOneList() {
    assertThat(
            client(
                "10.0.0.1",
                "X-Forwarded-For",
                "192.0.2.1",
                "x-forwarded-for",
                "10.0.0.7, 10.0.0.8"))
        .hasToString("192.0.2.1");
  }

  @Test
  void isThePeerWithoutTheField() {
    assertThat(client("10.0.0.1")).hasToString("10.0.0.1");
  }

  @Test
  void isThePeerIfThatIsNoProxy() {
    assertThat(client("192.0.2.2", "X-Forwarded-For", "192.0.2.1")).hasToString("192.0.2.2");
  }

  private static IpAddress client(String peer, String... fields) {
    return ForwardedFor.client(Headers.of(fields), IpAddress.parse(peer).orElseThrow(), TRUSTED);
  }
}
