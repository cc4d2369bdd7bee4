package io.tercet.chat.socket;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.relay.Relay;

/// What every socket uses.
record SocketContext(Relay relay, FrameReader reader, SocketSettings settings, Clock clock) {}
