package io.tercet.chat.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a scheduled task counts as stopped: both must have passed since its last run.
///
/// @param missedMax periods of the task
/// @param lateMin least time, for tasks that run so often that a busy machine delays some
@ConfigurationProperties("tercet.schedule")
record ScheduleSettings(@DefaultValue("10") int missedMax, @DefaultValue("30s") Duration lateMin) {}
