package io.tercet.gateway.upstream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the gateway finds the services. `application.yml` explains the key.
///
/// @param addressReuse how long the addresses of a name are used again; whole seconds
@ConfigurationProperties("tercet.upstream")
record UpstreamSettings(Duration addressReuse) {}
