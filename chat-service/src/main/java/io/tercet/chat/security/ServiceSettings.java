package io.tercet.chat.security;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the services know each other.
///
/// @param secretFile one line, at least 32 bytes: what service tokens are signed with
@ConfigurationProperties("tercet.service")
record ServiceSettings(Path secretFile) {}
