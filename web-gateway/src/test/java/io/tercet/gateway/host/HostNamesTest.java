package io.tercet.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

  @Test
  void containANameAndNothingBelowIt() {
    var names = HostNames.of("TERCET_HOSTS", List.of("Tercet.Example.org.", " intranet "));

    assertThat(names.contains("tercet.example.org")).isTrue();
    assertThat(names.contains("intranet")).isTrue();
    assertThat(names.contains("x.tercet.example.org")).isFalse();
    assertThat(names.contains("example.org")).isFalse();
    assertThat(names.contains("eviltercet.example.org")).isFalse();
  }

  @Test
  void containAllNamesBelowAPattern() {
    var names = HostNames.of("TERCET_HOSTS", List.of("*.example.org"));

    assertThat(names.contains("a.example.org")).isTrue();
    assertThat(names.contains("a.b.example.org")).isTrue();
    assertThat(names.contains("example.org")).isFalse();
    assertThat(names.contains("evilexample.org")).isFalse();
    assertThat(names.contains("a.example.org.evil.example")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "http://a.example",
        "a.example:8080",
        "a b",
        "a..b",
        "a.*.b",
        "é.example"
      })
  void tellTheOperatorWhatIsNoName(String name) {
    assertThatThrownBy(() -> HostNames.of("TERCET_HOSTS", List.of(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("TERCET_HOSTS takes host names")
        .hasMessageEndingWith("not " + name);
  }
}
