package io.tercet.chat.frame;

import io.tercet.chat.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/// What a line from a client turned out to be.
public sealed interface FrameReading {

  /// A frame that can be carried out.
  record Understood(ClientFrame frame) implements FrameReading {}

  /// A frame that is answered with an error; the socket stays open.
  record Refused(@Nullable String requestId, ProblemType problem, String detail)
      implements FrameReading {}

  /// Not a frame at all: the socket is closed.
  record Malformed(String why) implements FrameReading {}
}
