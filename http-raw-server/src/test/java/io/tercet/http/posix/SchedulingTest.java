package io.tercet.http.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// In threads of its own, so that the tests stay as they are scheduled. That compilers are made
/// nicer is for a process of its own to show.
@Timeout(30)
class SchedulingTest {

  @Test
  void aShortSliceIsPassedOnToThreadsThatAreStarted() throws Exception {
    assumeTrue(Scheduling.sliceNanos() > 0, "before Linux 6.12 there is one slice for all");
    long slice =
        onThread(() -> {
          Scheduling.shortenSlice();
          return onThread(Scheduling::sliceNanos);
        });
    assertThat(slice).isEqualTo(Scheduling.SLICE_NANOS);
    assertThat(Scheduling.sliceNanos()).isGreaterThan(Scheduling.SLICE_NANOS);
  }

  @Test
  void tellsHowNiceTheCallerIs() throws Exception {
    int niceness = onThread(Scheduling::shortenSlice);
    assertThat(niceness).isBetween(-20, 19);
  }

  private static <T> T onThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task.get(20, TimeUnit.SECONDS);
  }
}
