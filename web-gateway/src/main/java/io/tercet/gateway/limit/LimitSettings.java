package io.tercet.gateway.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// Sizes and waits of the front door. Each key is explained in `application.yml`.
///
/// @param requestLine longest request line
/// @param requestHeaders all header fields of a request together
/// @param callBody longest body of a call that is not a file
/// @param socketFrame largest WebSocket frame, in either direction
/// @param callAnswer how long a call may wait for its answer to begin
/// @param requestPause longest pause between two pieces of one request's body
/// @param connectionIdle how long a connection without a request is kept
/// @param closePatience how long what a refused client still sends is thrown away before closing
@ConfigurationProperties("tercet.limit")
public record LimitSettings(
    DataSize requestLine,
    DataSize requestHeaders,
    DataSize callBody,
    DataSize socketFrame,
    Duration callAnswer,
    Duration requestPause,
    Duration connectionIdle,
    Duration closePatience) {}
