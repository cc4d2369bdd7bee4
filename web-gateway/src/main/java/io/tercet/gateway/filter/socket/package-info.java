/// The WebSocket relay: frames and close codes pass between a client and chat-service.
///
/// Arrow: Spring Cloud Gateway calls `socket`, which uses `limit` and `parse`.
@NullMarked
package io.tercet.gateway.filter.socket;

import org.jspecify.annotations.NullMarked;
