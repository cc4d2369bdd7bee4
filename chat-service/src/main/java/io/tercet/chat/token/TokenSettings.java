package io.tercet.chat.token;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The tokens of people.
///
/// @param lifetime how long a token is valid; other services accept it until then
@ConfigurationProperties("tercet.token")
record TokenSettings(@DefaultValue("5m") Duration lifetime) {}
