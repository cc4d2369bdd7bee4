package io.tercet.chat.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.config.FixedRateTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

class ScheduledTasksHealthIndicatorTest {

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final TaskScheduler scheduler = mock(TaskScheduler.class);
  private final ScheduledTaskRegistrar registrar = new ScheduledTaskRegistrar();
  private Duration ahead = Duration.ZERO;
  private Duration lateMin = Duration.ZERO;
  private boolean fails;
  private Runnable run = () -> {};
  private ScheduledTasksHealthIndicator health;

  @BeforeEach
  void schedule() {
    when(scheduler.getClock()).thenReturn(Clock.systemUTC());
    when(scheduler.scheduleAtFixedRate(any(), any(Instant.class), any()))
        .thenAnswer(call -> {
          run = call.getArgument(0);
          return null;
        });
    registrar.setTaskScheduler(scheduler);
    registrar.addFixedRateTask(new FixedRateTask(this::sweep, PERIOD, PERIOD));
    registrar.afterPropertiesSet();
    health = health();
  }

  private ScheduledTasksHealthIndicator health() {
    return new ScheduledTasksHealthIndicator(
        List.of(registrar), new ScheduleSettings(3, lateMin), () -> Instant.now().plus(ahead));
  }

  private void sweep() {
    if (fails) {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void isUpWhileATaskNeedNotHaveRunYet() {
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(health.health().getDetails().values()).containsExactly("never ran");
  }

  @Test
  void isDownWhenATaskNeverRan() {
    ahead = PERIOD.multipliedBy(5);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void isDownWhileATaskDoesNotRunAndUpWhenItDoes() {
    run.run();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    ahead = PERIOD.multipliedBy(4);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    ahead = Duration.ZERO;
    run.run();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isUpWhileATaskThatRunsOftenIsDelayedOnlyAMoment() {
    run.run();
    lateMin = PERIOD.multipliedBy(6);
    health = health();
    ahead = PERIOD.multipliedBy(5);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    ahead = PERIOD.multipliedBy(7);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void showsThatARoundFailed() {
    fails = true;
    try {
      run.run();
    } catch (IllegalStateException onPurpose) {
      // The scheduler would log it.
    }
    assertThat(health.health().getDetails().values().toString()).contains("ERROR");
  }
}
