package io.tercet.chat.frame;

import io.tercet.chat.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/// The result of parsing one line from a client.
public sealed interface ParsedFrame {

  /// A frame of the protocol.
  record Valid(ClientFrame frame) implements ParsedFrame {}

  /// A frame that breaks a rule: the answer is an error, and the socket stays open.
  record Invalid(@Nullable String requestId, ProblemType problem, String detail)
      implements ParsedFrame {}

  /// Not a frame: the socket is closed.
  record Malformed(String reason) implements ParsedFrame {}
}
