package io.tercet.http.parse;

import io.tercet.http.message.Request;
import io.tercet.http.message.Status;
import org.jspecify.annotations.Nullable;

/// What the parser found in some bytes. There is no fourth case.
public sealed interface ParseResult {

  /// The head is not complete yet, and nothing is wrong with what is there.
  record Incomplete() implements ParseResult {
    /// One is enough.
    static final Incomplete INSTANCE = new Incomplete();
  }

  /// A complete head.
  ///
  /// @param end index after the last byte of the head, where the body or the next request begins
  /// @param expectsContinue the client waits for `100 Continue` before it sends the body
  /// @param keepAlive the connection may stay open after the response
  record Complete(
      Request request, Framing framing, int end, boolean expectsContinue, boolean keepAlive)
      implements ParseResult {}

  /// The bytes break a rule. Nothing after them can be trusted: answer, then close.
  ///
  /// @param request what could be read, for the access log: the request line alone, or all fields
  ///     too; null if not even the line could be read
  record Rejected(Status status, Rule rule, @Nullable Request request) implements ParseResult {
    /// With the status of the rule.
    static Rejected by(Rule rule) {
      return by(rule, null);
    }

    static Rejected by(Rule rule, @Nullable Request request) {
      return new Rejected(rule.problem().status(), rule, request);
    }
  }
}
