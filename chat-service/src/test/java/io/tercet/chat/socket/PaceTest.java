package io.tercet.chat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace(3, 2, 0);

  @Test
  void allowsABurstAndThenSoManyEachSecond() {
    assertThat(allowed(10, 0)).isEqualTo(3);
    assertThat(allowed(10, TimeUnit.MILLISECONDS.toNanos(500))).isEqualTo(1);
    assertThat(allowed(10, TimeUnit.SECONDS.toNanos(60))).isEqualTo(3);
  }

  private int allowed(int tries, long nowNanos) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += pace.allows(nowNanos) ? 1 : 0;
    }
    return allowed;
  }
}
