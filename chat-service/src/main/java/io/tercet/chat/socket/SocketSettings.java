package io.tercet.chat.socket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/// The limits of what a client may send by WebSocket. contracts/chat/frames.md states them.
///
/// @param messageMax one text message from a client
/// @param idleMax how long a client may send nothing before its socket is closed
/// @param closeMax how long a close may take before the connection is aborted
/// @param kernelMax bytes that the kernel takes for one connection before its client reads them
@ConfigurationProperties("tercet.socket")
record SocketSettings(
    @DefaultValue("64KB") DataSize messageMax,
    @Name("silence-max") @DefaultValue("90s") Duration idleMax,
    @DefaultValue("5s") Duration closeMax,
    @DefaultValue("64KB") DataSize kernelMax) {}
