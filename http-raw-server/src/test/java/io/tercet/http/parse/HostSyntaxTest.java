package io.tercet.http.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the corpus cannot say, because gateways before us let it pass and rewrite it.
class HostSyntaxTest {
  @ParameterizedTest
  @ValueSource(strings = {"[::ffff:127.0.00.1]", "[::ffff:01.2.3.4]", "[::1.2.3.04]:80"})
  void mayNotHaveANumberThatSomeReadAsOctal(String host) {
    assertThat(HostSyntax.isValid(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x,y", "a.example,b.example:80", ",", "a.example,"})
  void mayNotBeAList(String host) {
    assertThat(HostSyntax.isValid(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[::ffff:127.0.0.1]", "[::ffff:0.0.0.0]", "[::00:10.20.30.100]:80", "[::]"})
  void mayHaveZeroes(String host) {
    assertThat(HostSyntax.isValid(host)).isTrue();
  }
}
