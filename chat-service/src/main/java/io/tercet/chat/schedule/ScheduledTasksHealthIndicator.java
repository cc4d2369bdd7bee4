package io.tercet.chat.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.Task;
import org.springframework.stereotype.Component;

/// Shows when each periodic task of the service last ran, and how that ended. Health is down if one
/// did not run for as long as [ScheduleSettings] say.
///
/// Threading: any thread.
@Component
@EnableConfigurationProperties(ScheduleSettings.class)
class ScheduledTasksHealthIndicator implements HealthIndicator {

  private final List<ScheduledTaskHolder> holders;
  private final ScheduleSettings settings;
  private final InstantSource clock;
  private final Instant startedAt;

  ScheduledTasksHealthIndicator(
      List<ScheduledTaskHolder> holders, ScheduleSettings settings, InstantSource clock) {
    this.holders = holders;
    this.settings = settings;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (ScheduledTaskHolder holder : holders) {
      for (ScheduledTask scheduled : holder.getScheduledTasks()) {
        if (scheduled.getTask() instanceof IntervalTask task) {
          Instant ran = lastRun(task);
          health.withDetail(
              task.toString(),
              ran == null ? "never ran" : ran + " " + task.getLastExecutionOutcome().status());
          if (isLate(task, ran)) {
            health.status(Status.DOWN);
          }
        }
      }
    }
    return health.build();
  }

  private boolean isLate(IntervalTask task, @Nullable Instant ran) {
    Instant since = ran == null ? startedAt.plus(task.getInitialDelayDuration()) : ran;
    Duration late = Duration.between(since, clock.instant());
    return late.compareTo(task.getIntervalDuration().multipliedBy(settings.missedMax())) > 0
        && late.compareTo(settings.lateMin()) > 0;
  }

  private static @Nullable Instant lastRun(Task task) {
    return task.getLastExecutionOutcome().executionTime();
  }
}
