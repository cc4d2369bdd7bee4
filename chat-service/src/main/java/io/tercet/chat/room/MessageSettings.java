package io.tercet.chat.room;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of changes of a message.
///
/// @param editTime from the sending on, while people edit and delete what they sent; 0 is always
/// @param editsMax edits of one message
@ConfigurationProperties("tercet.message")
public record MessageSettings(
    @DefaultValue("0s") Duration editTime, @DefaultValue("100") int editsMax) {}
