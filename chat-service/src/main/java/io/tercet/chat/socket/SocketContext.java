package io.tercet.chat.socket;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.delivery.ConnectionHandler;
import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.rate.RateLimiter;

/// What every socket uses.
record SocketContext(
    ConnectionHandler handler,
    FrameReader reader,
    RateLimiter rates,
    SocketSettings settings,
    Clock clock) {}
