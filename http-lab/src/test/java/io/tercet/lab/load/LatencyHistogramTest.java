package io.tercet.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 1_000, 123_456_789, 3_600_000_000_000L, Long.MAX_VALUE})
  void isNeverTooSmallAndAtMostTwoPercentTooLarge(long nanos) {
    LatencyHistogram latencies = new LatencyHistogram();
    latencies.add(nanos);
    assertThat(latencies.quantile(0.5)).isGreaterThanOrEqualTo(nanos);
    assertThat((double) latencies.quantile(0.5)).isCloseTo((double) nanos, within(nanos * 0.02));
  }

  @Test
  void findsRanksAmongMany() {
    LatencyHistogram latencies = new LatencyHistogram();
    for (int i = 1; i <= 1000; i++) {
      latencies.add(i * 1_000_000L);
    }
    assertThat(latencies.quantile(0.5) / 1e6).isBetween(500.0, 510.0);
    assertThat(latencies.quantile(0.99) / 1e6).isBetween(990.0, 1006.0);
    assertThat(latencies.quantile(0.999) / 1e6).isBetween(999.0, 1016.0);
    assertThat(latencies.quantile(0)).isBetween(1_000_000L, 1_020_000L);
  }

  @Test
  void addsWhatOthersCounted() {
    LatencyHistogram one = new LatencyHistogram();
    LatencyHistogram other = new LatencyHistogram();
    one.add(10);
    other.add(20);
    one.addAll(other);
    assertThat(one.total()).isEqualTo(2);
    assertThat(one.quantile(1)).isEqualTo(20);
  }

  @Test
  void saysZeroOfNothing() {
    assertThat(new LatencyHistogram().quantile(0.99)).isZero();
  }
}
