package io.tercet.chat.presence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of what replicas tell each other about who is present.
///
/// @param othersMax people whom this replica knows to be present in one room through others; more
///     are only counted
/// @param othersAllMax … in all rooms together
/// @param keep how long Valkey keeps the people of a room whom no replica writes again
/// @param readAgain how old what is known of a room becomes before it is read without a hint
/// @param answerMax longest wait for the answers to the writes and reads of some rooms
@ConfigurationProperties("tercet.presence")
record PresenceSettings(
    @DefaultValue("1000") int othersMax,
    @DefaultValue("100000") int othersAllMax,
    @DefaultValue("10m") Duration keep,
    @DefaultValue("30s") Duration readAgain,
    @DefaultValue("2s") Duration answerMax) {}
