package io.tercet.gateway.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the gateway stops. `application.yml` explains the key.
///
/// @param idle how long a connection without a request stays open after the stop has begun
@ConfigurationProperties("tercet.drain")
record DrainSettings(Duration idle) {}
