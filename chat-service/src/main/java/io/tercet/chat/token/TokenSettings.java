package io.tercet.chat.token;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The tokens of people, and the keys that sign them.
///
/// @param lifetime how long a token is valid; other services accept it until then
/// @param keyAge how long a key signs
/// @param keyLead how long a key is published before it signs, and after the last token that it
///     signed has expired; longer than the clocks of two replicas differ
@ConfigurationProperties("tercet.token")
record TokenSettings(
    @DefaultValue("5m") Duration lifetime,
    @DefaultValue("30d") Duration keyAge,
    @DefaultValue("1h") Duration keyLead) {}
