package io.tercet.files.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ByteRangeTest {
  private static List<ByteRange> parse(String ranges) {
    return ByteRange.parse("bytes=" + ranges, 100, 16).orElseThrow();
  }

  @Test
  void keepsTheOrderOfRangesThatDoNotOverlap() {
    assertThat(parse("50-59,0-9")).containsExactly(new ByteRange(50, 59), new ByteRange(0, 9));
  }

  @Test
  void mergesRangesThatOverlap() {
    assertThat(parse("20-39,0-9,30-49,-60,95-"))
        .containsExactly(new ByteRange(0, 9), new ByteRange(20, 99));
    assertThat(parse("0-,0-,0-")).containsExactly(new ByteRange(0, 99));
  }
}
