package io.tercet.chat.socket;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.delivery.ConnectionHandler;
import io.tercet.chat.frame.FrameReader;

/// What every socket uses.
record SocketContext(
    ConnectionHandler handler, FrameReader reader, SocketSettings settings, Clock clock) {}
