package io.tercet.http.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCacheTest {
  private final HostCache last = new HostCache();

  @Test
  void isTheSameTextForTheSameOctets() {
    String first = read("a.example:8000");
    assertThat(first).isEqualTo("a.example:8000");
    assertThat(read("a.example:8000")).isSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.example", "a.exampl", "a.example.", "A.example", "[::1]"})
  void isNotTakenForAnother(String other) {
    assertThat(read("a.example")).isEqualTo("a.example");
    assertThat(read(other)).isEqualTo(other);
    assertThat(read("a.example")).isEqualTo("a.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a.example:port", "\u00e4.example"})
  void isNoneIfItIsNoHostWhateverCameBefore(String wrong) {
    assertThat(read(wrong)).isNull();
    assertThat(read("a.example")).isEqualTo("a.example");
    assertThat(read(wrong)).isNull();
    assertThat(read("a.example")).isEqualTo("a.example");
  }

  @Test
  void isNotKeptIfItIsLong() {
    String tooLong = "a".repeat(HostCache.OCTETS_MAX + 1);
    String first = read(tooLong);
    assertThat(first).isEqualTo(tooLong);
    assertThat(read(tooLong)).isEqualTo(tooLong).isNotSameAs(first);
    String kept = read("a".repeat(HostCache.OCTETS_MAX));
    assertThat(read("a".repeat(HostCache.OCTETS_MAX))).isSameAs(kept);
  }

  private String read(String host) {
    return last.read(Headers.of("Host", host), 0);
  }
}
