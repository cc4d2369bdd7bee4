package io.tercet.files.upload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.files.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LeastRateTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LeastRate rate =
      new LeastRate(
          new UploadSettings(
              DataSize.ofGigabytes(1), 1, 1, 1, DataSize.ofBytes(10), Duration.ofSeconds(30), 1),
          nanos::get);

  private void after(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void endsAnUploadOfOneByteEachNineSeconds() {
    for (int i = 0; i < 3; i++) {
      after(9);
      rate.received(1);
    }
    after(9);

    assertThatThrownBy(() -> rate.received(1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("request-timeout")
        .hasMessageContaining("300 bytes in 30 s");
  }

  @Test
  void letsAnUploadPauseThatBringsEnoughOnAverage() {
    for (int i = 0; i < 10; i++) {
      rate.received(300);
      after(30);
    }
    rate.received(300);
  }

  @Test
  void looksAtEachWindowAnew() {
    rate.received(1_000_000);
    after(30);
    rate.received(1);
    after(30);

    assertThatThrownBy(() -> rate.received(1)).isInstanceOf(ProblemException.class);
  }
}
