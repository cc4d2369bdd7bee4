package io.tercet.chat.socket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The limits of what comes in by WebSocket. Those of the wire: contracts/chat/frames.md.
///
/// @param messageMax one text message from a client
/// @param framesAtOnce frames that may come at once
/// @param framesPerSecond frames that may come each second after that
/// @param silenceMax how long a client may say nothing
/// @param closeMax how long a closed connection may take to go away before it is cut
@ConfigurationProperties("tercet.socket")
record SocketSettings(
    @DefaultValue("64KB") DataSize messageMax,
    @DefaultValue("100") int framesAtOnce,
    @DefaultValue("20") int framesPerSecond,
    @DefaultValue("90s") Duration silenceMax,
    @DefaultValue("5s") Duration closeMax) {}
