package io.tercet.gateway.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// Sizes and timeouts of the gateway. `application.yml` explains each key.
///
/// @param connectionsMax most open connections of all clients; fewer if the process may not open
///     enough files
/// @param connectionsPerAddressMax most open connections of one address, or one IPv6 network (/64)
/// @param unsentMax what may wait to be sent to one client before the gateway reads no more for it
/// @param unsentAllMax what may wait for all clients that do not read
/// @param requestLine longest request line
/// @param requestHeaders all header fields of a request together
/// @param callBody longest body of a request that uploads no file
/// @param callTime how long such a body may take to arrive
/// @param callsReceived bodies that have not arrived in full, or were not sent on, all together
/// @param callsReceivedPerAddress the same, from one address, or one IPv6 network (/64)
/// @param socketFrame largest WebSocket frame, in either direction
/// @param callAnswer how long the answer to such a request may take to begin
/// @param requestPause longest pause between two pieces of one request's body
/// @param connectionIdle how long a connection without a request stays open
/// @param closePatience how long the gateway discards what a refused client still sends
@ConfigurationProperties("tercet.limit")
public record LimitSettings(
    int connectionsMax,
    int connectionsPerAddressMax,
    DataSize unsentMax,
    DataSize unsentAllMax,
    DataSize requestLine,
    DataSize requestHeaders,
    DataSize callBody,
    Duration callTime,
    DataSize callsReceived,
    DataSize callsReceivedPerAddress,
    DataSize socketFrame,
    Duration callAnswer,
    Duration requestPause,
    Duration connectionIdle,
    Duration closePatience) {}
