package io.tercet.chat.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The streams of ended sessions.
///
/// @param streamsMax gateways that listen at the same time
/// @param queueMax sessions that wait to be written to one of them
/// @param heartbeat longest pause between two lines of a stream
@ConfigurationProperties("tercet.ended-sessions")
record EndedSessionsSettings(
    @DefaultValue("50") int streamsMax,
    @DefaultValue("10000") int queueMax,
    @DefaultValue("1s") Duration heartbeat) {}
