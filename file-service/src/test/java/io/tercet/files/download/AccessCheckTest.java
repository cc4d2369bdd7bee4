package io.tercet.files.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccessCheckTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();

  private AccessCheck check(Runnable access) {
    return new AccessCheck(access, Duration.ofSeconds(2), nanos::get);
  }

  private void after(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void asksAgainAfterEachPause() {
    AccessCheck check = check(asked::incrementAndGet);
    for (int i = 0; i < 6; i++) {
      check.run();
      after(1);
    }

    assertThat(asked).hasValue(2);
  }

  @Test
  void endsTheDownloadOfWhoIsNoMemberAnyMore() {
    AccessCheck check =
        check(() -> {
          throw new ProblemException(ProblemType.ROOM_NOT_FOUND, "Join the room first.");
        });
    check.run();
    after(2);

    assertThatThrownBy(check::run).hasMessageContaining("room-not-found");
  }

  @Test
  void letsADownloadGoOnWhileNobodyKnowsTheMembers() {
    AccessCheck check =
        check(() -> {
          throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "");
        });
    after(2);

    check.run();
  }
}
