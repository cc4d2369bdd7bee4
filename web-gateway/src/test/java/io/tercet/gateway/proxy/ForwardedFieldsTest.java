package io.tercet.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class ForwardedFieldsTest {

  private static final InetAddress PEER = InetAddress.ofLiteral("10.0.0.1");
  private static final TrustedProxies TRUSTED =
      new TrustedProxies(new ProxySettings(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.77")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.7                            | 198.51.100.7",
        "198.51.100.7:4711                       | 198.51.100.7",
        "[2001:db8::7]:4711                      | 2001:db8:0:0:0:0:0:7",
        "[2001:db8::7]                           | 2001:db8:0:0:0:0:0:7",
        "2001:db8::7                             | 2001:db8:0:0:0:0:0:7",
        "6.6.6.6, 198.51.100.7                   | 198.51.100.7",
        "6.6.6.6, 198.51.100.7, 10.2.3.4         | 198.51.100.7",
        "6.6.6.6, 198.51.100.7, fd00::3, 10.2.3.4 | 198.51.100.7",
        "10.6.6.6, 198.51.100.7, 192.0.2.77      | 198.51.100.7",
        "10.5.5.5, 10.2.3.4                      | 10.5.5.5",
        "6.6.6.6, unknown, 10.2.3.4              | 10.2.3.4",
      })
  void nameTheLastOneWhomATrustedProxyReceivedTheRequestFrom(String list, String client) {
    assertThat(legacy("X-Forwarded-For", list).address())
        .hasValueSatisfying(found -> assertThat(found.getHostAddress()).isEqualTo(client));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "_hidden", "localhost", "6.6.6.6, ", "999.1.1.1"})
  void nameNobodyIfTheNearestProxyNamesNobody(String list) {
    assertThat(legacy("X-Forwarded-For", list).address()).isEmpty();
  }

  @Test
  void tellWhatTheProxyAtTheEdgeSaw() {
    var client =
        legacy(
            "X-Forwarded-For", "6.6.6.6, 198.51.100.7, 10.2.3.4",
            "X-Forwarded-Proto", "http, https, http",
            "X-Forwarded-Host", "forged.example, tercet.example, inner");

    assertThat(client.scheme()).contains("https");
    assertThat(client.host()).contains("tercet.example");
  }

  @Test
  void mayHaveOneSchemeForTheWholeWay() {
    assertThat(
            legacy("X-Forwarded-For", "198.51.100.7, 10.2.3.4", "X-Forwarded-Proto", "HTTPS")
                .scheme())
        .contains("https");
  }

  @Test
  void haveNoOtherSchemeThanThoseOfHttp() {
    assertThat(legacy("X-Forwarded-Proto", "javascript").scheme()).isEmpty();
  }

  @Test
  void areReadInTheStandardsForm() {
    var client =
        standard(
            "for=6.6.6.6;proto=http",
            "For=\"[2001:db8::7]:4711\" ; proto=https;by=_edge;host=\"tercet.example:8443\""
                + " , for=10.2.3.4;secret=\"a,b;c\\\"d\"");

    assertThat(client.orElseThrow().address())
        .contains(InetAddress.ofLiteral("2001:db8:0:0:0:0:0:7"));
    assertThat(client.orElseThrow().scheme()).contains("https");
    assertThat(client.orElseThrow().host()).contains("tercet.example:8443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"for", "for=", "for=1.2.3.4;", "for=\"1.2.3.4", ",for=1.2.3.4", "a b=c"})
  void areNotReadWhenTheStandardsFormIsBroken(String field) {
    assertThat(standard(field)).isEmpty();
  }

  @Test
  void complementEachOtherButMayNotContradict() {
    var one = legacy("X-Forwarded-For", "198.51.100.7");

    assertThat(one.and(standard("for=198.51.100.7;proto=https").orElseThrow()))
        .hasValueSatisfying(both -> {
          assertThat(both.address()).isEqualTo(one.address());
          assertThat(both.scheme()).contains("https");
        });
    assertThat(one.and(standard("for=6.6.6.6").orElseThrow())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "10.0.0.0/33", "10.0.0.0/x", "fd00::/129", "", "10.0.0.0/-1"})
  void areBelievedOfAddressesAndRangesOnly(String range) {
    assertThatThrownBy(() -> new TrustedProxies(new ProxySettings(List.of(range))))
        .hasMessageContaining("TERCET_TRUSTED_PROXIES");
  }

  private static ForwardedClient legacy(String... fields) {
    return ForwardedFields.legacy(headers(fields)).client(PEER, TRUSTED);
  }

  private static Optional<ForwardedClient> standard(String... values) {
    var headers = new HttpHeaders();
    headers.addAll("Forwarded", List.of(values));
    return ForwardedFields.standard(headers).map(fields -> fields.client(PEER, TRUSTED));
  }

  private static HttpHeaders headers(String... fields) {
    var headers = new HttpHeaders();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return headers;
  }
}
