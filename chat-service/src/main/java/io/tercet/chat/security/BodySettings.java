package io.tercet.chat.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limit of request bodies.
///
/// @param max most bytes of a body; the longest message needs a fifth of it in any script
@ConfigurationProperties("tercet.body")
record BodySettings(@DefaultValue("64KB") DataSize max) {}
