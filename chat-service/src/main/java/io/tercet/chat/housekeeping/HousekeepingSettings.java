package io.tercet.chat.housekeeping;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How replicas take turns.
///
/// @param lease how long a task belongs to the replica that last did a step of it; longer than one
///     step takes, and than the clocks of two replicas differ
@ConfigurationProperties("tercet.housekeeping")
record HousekeepingSettings(@DefaultValue("3m") Duration lease) {}
