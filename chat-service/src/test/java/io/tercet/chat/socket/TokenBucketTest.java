package io.tercet.chat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private final TokenBucket bucket = new TokenBucket(3, 2, 0);

  @Test
  void allowsABurstAndThenSoManyEachSecond() {
    assertThat(taken(10, 0)).isEqualTo(3);
    assertThat(taken(10, TimeUnit.MILLISECONDS.toNanos(500))).isEqualTo(1);
    assertThat(taken(10, TimeUnit.SECONDS.toNanos(60))).isEqualTo(3);
  }

  private int taken(int tries, long nowNanos) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += bucket.tryTake(nowNanos) ? 1 : 0;
    }
    return taken;
  }
}
