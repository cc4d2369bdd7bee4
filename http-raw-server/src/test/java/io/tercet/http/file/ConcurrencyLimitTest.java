package io.tercet.http.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No more are inside than may be, and all get in.
@Timeout(60)
class ConcurrencyLimitTest {
  @Test
  void letsNoMoreInThanItHasPlacesAndEverybodyInTheEnd() throws InterruptedException {
    ConcurrencyLimit two = new ConcurrencyLimit(2);
    AtomicInteger inside = new AtomicInteger();
    Semaphore goOn = new Semaphore(0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Runnable work =
          () -> {
            inside.incrementAndGet();
            goOn.acquireUninterruptibly();
          };
      threads.add(
          Thread.ofVirtual()
              .start(() ->
                  two.run(() -> {
                    work.run();
                    return "done";
                  })));
    }
    Eventually.isTrue(
        () -> threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
    assertThat(inside).hasValue(2);
    goOn.release(5);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(inside).hasValue(5);
  }

  @Test
  void givesBackThePlaceOfWhoeverFails() {
    ConcurrencyLimit one = new ConcurrencyLimit(1);
    assertThatThrownBy(() ->
            one.run(() -> {
              throw new IllegalStateException("a bug");
            }))
        .hasMessage("a bug");
    assertThat(one.run(() -> "done")).isEqualTo("done");
  }
}
