package io.tercet.chat.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How much a request may bring.
///
/// @param max the longest body; the longest message is a fifth of it in any script
@ConfigurationProperties("tercet.body")
record BodySettings(@DefaultValue("64KB") DataSize max) {}
