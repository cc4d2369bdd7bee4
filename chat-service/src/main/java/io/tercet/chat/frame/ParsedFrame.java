package io.tercet.chat.frame;

import io.tercet.chat.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/// What a line from a client turned out to be.
public sealed interface ParsedFrame {

  /// A frame that can be carried out.
  record Valid(ClientFrame frame) implements ParsedFrame {}

  /// A frame that is answered with an error; the socket stays open.
  record Invalid(@Nullable String requestId, ProblemType problem, String detail)
      implements ParsedFrame {}

  /// Not a frame at all: the socket is closed.
  record Malformed(String why) implements ParsedFrame {}
}
