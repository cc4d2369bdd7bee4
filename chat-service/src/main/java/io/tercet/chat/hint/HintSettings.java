package io.tercet.chat.hint;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How soon replicas hear each other, and what may be on its way.
///
/// @param pollPeriod time between two polls of connected people and their sessions for what no hint
///     told, while hints do not arrive
/// @param calmPeriod … while hints arrive
/// @param pollRows people or sessions that one statement asks for
/// @param beatPeriod time between two beats, by which a replica hears whether its hints arrive
/// @param sendingMax hints on their way to Valkey; more are dropped
@ConfigurationProperties("tercet.hint")
public record HintSettings(
    @DefaultValue("2s") Duration pollPeriod,
    @DefaultValue("30s") Duration calmPeriod,
    @DefaultValue("500") int pollRows,
    @DefaultValue("2s") Duration beatPeriod,
    @DefaultValue("1000") int sendingMax) {}
