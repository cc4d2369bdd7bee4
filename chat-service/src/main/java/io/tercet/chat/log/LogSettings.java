package io.tercet.chat.log;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the log's writer works.
///
/// @param queueMax commands that may wait; past it who asks waits too
/// @param batchMax commands in one transaction
/// @param waitMax longest that somebody waits for room in the queue, or for the answer
/// @param roomsListedMax rooms in one list
@ConfigurationProperties("tercet.log")
public record LogSettings(
    @DefaultValue("4096") int queueMax,
    @DefaultValue("512") int batchMax,
    @DefaultValue("10s") Duration waitMax,
    @DefaultValue("1000") int roomsListedMax) {}
