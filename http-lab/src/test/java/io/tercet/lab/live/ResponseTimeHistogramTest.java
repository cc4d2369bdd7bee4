package io.tercet.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.connection.AccessLog;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTimeHistogramTest {
  private final ResponseTimeHistogram times = new ResponseTimeHistogram(null);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 15, 16, 17, 31, 32, 999, 1_000, 123_456, 60_000_000, 3_600_000_000L})
  void areNeverTooSmallAndAtMostSixPercentAndAMicrosecondTooLarge(long micros) {
    times.add(entry(micros * 1000 + 999));
    assertThat(times.counts()).hasSize(1).containsValue(1L);
    assertThat(times.counts().firstKey())
        .isGreaterThan(micros)
        .isLessThanOrEqualTo(micros + 1 + micros / 16);
  }

  @Test
  void countEachAnswerOnceInOrder() {
    for (int millis : new int[] {5, 1, 5}) {
      times.add(entry(millis * 1_000_000L));
    }
    assertThat(times.counts().values()).containsExactly(1L, 2L);
  }

  @Test
  void haveRoomForTheLongest() {
    times.add(entry(Long.MAX_VALUE));
    times.add(entry(Long.MAX_VALUE / 2));
    assertThat(times.counts()).hasSize(1).containsValue(2L);
  }

  @Test
  void loseNothingOfManyThreads() {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(() -> {
          for (int i = 0; i < 10_000; i++) {
            times.add(entry(7_500));
          }
        });
      }
    }
    assertThat(times.counts()).isEqualTo(Map.of(8L, 40_000L));
  }

  @Test
  void leaveOutAnswersThatNobodyGotWhole() {
    times.cut(entry(5));
    assertThat(times.counts()).isEmpty();
  }

  @Test
  void handEverythingOnToTheLog() {
    List<AccessLog.Entry> logged = new ArrayList<>();
    ResponseTimeHistogram before =
        new ResponseTimeHistogram(
            new AccessLog() {
              @Override
              public long now() {
                return 42;
              }

              @Override
              public void add(Entry entry) {
                logged.add(entry);
              }
            });
    before.add(entry(1));
    before.cut(entry(2));
    assertThat(logged).containsExactly(entry(1), entry(2));
    assertThat(before.now()).isEqualTo(42);
    assertThat(before.namesClients()).isTrue();
    assertThat(times.namesClients()).isFalse();
  }

  private static AccessLog.Entry entry(long nanos) {
    return new AccessLog.Entry(Endpoint.UNKNOWN, null, Status.OK, 1, 0, nanos);
  }
}
