package io.tercet.chat.security;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Authentication between services.
///
/// @param secretFile a file of one line, at least 32 bytes: the key of service tokens
@ConfigurationProperties("tercet.service")
record ServiceSettings(Path secretFile) {}
