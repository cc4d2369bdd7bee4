package io.tercet.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What must be fetched is due at once, and after a failure later and later.
class PendingSitesTest {
  private static final SiteVersion ADA = new SiteVersion("ada", 1);
  private static final SiteVersion BOB = new SiteVersion("bob", 1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final PendingSites pending = new PendingSites(now::get);

  @Test
  void areDueInTheOrderInWhichTheyFailed() {
    pending.add(ADA);
    pending.add(BOB);
    assertThat(pending.next()).hasValue(ADA);
    pending.retryLater(ADA);
    assertThat(pending.next()).hasValue(BOB);
    pending.remove(BOB);
    assertThat(pending.next()).isEmpty();
    assertThat(pending.count()).isOne();
    passMillis(500);
    assertThat(pending.next()).hasValue(ADA);
  }

  @Test
  void waitTwiceAsLongAfterEachFailureUpToALongestWait() {
    pending.add(ADA);
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      assertThat(pending.retryLater(ADA)).isEqualTo(i == 0);
      long pause = TimeUnit.NANOSECONDS.toMillis(pending.nanosUntilDue());
      pauses.add(pause);
      passMillis(pause);
    }
    assertThat(pauses).startsWith(500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
    assertThat(pauses.getLast()).isEqualTo(10_000);
  }

  @Test
  void stayWhenTheyAreWhenTheyAreListedAgain() {
    pending.add(ADA);
    pending.retryLater(ADA);
    pending.add(ADA);
    assertThat(pending.next()).isEmpty();
    SiteVersion next = new SiteVersion("ada", 2);
    pending.add(next);
    assertThat(pending.next()).hasValue(next);
    assertThat(pending.count()).isOne();
  }

  @Test
  void areForgottenWhenTheyAreNotListed() {
    pending.add(ADA);
    pending.add(BOB);
    pending.retain(Set.of("bob"));
    assertThat(pending.next()).hasValue(BOB);
    pending.retain(Set.of());
    assertThat(pending.count()).isZero();
    assertThat(pending.nanosUntilDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void areAllDueWhenFileServiceIsBack() {
    pending.add(ADA);
    pending.add(BOB);
    pending.retryLater(ADA);
    pending.retryLater(BOB);
    pending.retryNow();
    assertThat(pending.nanosUntilDue()).isZero();
    assertThat(pending.count()).isEqualTo(2);
  }

  @Test
  void areCountedWhileThereIsNoRoomForThemAndWaitUpToHalfAMinute() {
    pending.add(ADA);
    pending.add(BOB);
    for (int i = 0; i < 20; i++) {
      pending.leaveOut(ADA);
    }
    assertThat(pending.leftOutCount()).isOne();
    pending.remove(BOB);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(pending.nanosUntilDue())).isEqualTo(30);
    pending.remove(new SiteVersion("ada", 2));
    assertThat(pending.leftOutCount()).as("another version is here").isOne();
    pending.remove(ADA);
    assertThat(pending.leftOutCount()).isZero();
  }

  private void passMillis(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
