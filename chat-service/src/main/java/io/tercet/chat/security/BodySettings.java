package io.tercet.chat.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of request bodies.
///
/// @param max most bytes of a body; the longest message needs a fifth of it in any script
/// @param picture … of a person's picture
@ConfigurationProperties("tercet.body")
record BodySettings(@DefaultValue("64KB") DataSize max, @DefaultValue("5MB") DataSize picture) {}
