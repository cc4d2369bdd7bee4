package io.tercet.files.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.quota.Allowance.Remaining;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final ConcurrentHashMap<String, Long> onTheWay = new ConcurrentHashMap<>();

  private Allowance open(long announced) {
    return new Allowance(
            onTheWay, List.of(new Remaining("people/ada", 100), new Remaining("rooms/r", 1000)))
        .announced(announced);
  }

  @Test
  void letsUploadsAtOnceTakeWhatIsLeftTogether() {
    Allowance first = open(0);
    Allowance second = open(0);
    first.take(60);

    assertThatThrownBy(() -> second.take(41))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("40 bytes are left");

    second.take(40);
  }

  @Test
  void countsAnnouncedBytesOnce() {
    Allowance upload = open(90);
    upload.take(50);
    upload.take(40);

    assertThat(onTheWay).containsEntry("people/ada", 90L).containsEntry("rooms/r", 90L);
  }

  @Test
  void refusesAnAnnouncementThatDoesNotFitAndKeepsNothingOfIt() {
    assertThatThrownBy(() -> open(101)).isInstanceOf(ProblemException.class);

    assertThat(onTheWay).isEmpty();
  }

  @Test
  void givesBackWhatItTookWhenItIsClosed() {
    Allowance upload = open(10);
    upload.take(20);
    upload.close();

    assertThat(onTheWay).isEmpty();
  }
}
