package io.tercet.chat.token;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How tokens are made.
///
/// @param lifetime how long a token is good for; what was signed cannot be taken back sooner
///     elsewhere
@ConfigurationProperties("tercet.token")
record TokenSettings(@DefaultValue("5m") Duration lifetime) {}
