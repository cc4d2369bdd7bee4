package io.tercet.http.connection;

import java.time.Duration;

/// What a conversation waits for between turns, each with its time.
enum WaitReason {
  REQUEST,
  HEAD,
  BODY,
  CLIENT_READS,
  CLIENT_CLOSES;

  /// What a conversation waits for in a phase.
  ///
  /// @param allSent whether no answer waits to be sent
  /// @param nothingCame whether nothing of the next request has come
  static WaitReason in(ConversationState phase, boolean allSent, boolean nothingCame) {
    if (phase == ConversationState.LINGERING) {
      return CLIENT_CLOSES;
    }
    if (!allSent) {
      return CLIENT_READS;
    }
    if (phase == ConversationState.BODY) {
      return BODY;
    }
    return phase != ConversationState.PREFACE && nothingCame ? REQUEST : HEAD;
  }

  Duration time(ConnectionLimits deadlines) {
    return switch (this) {
      case REQUEST -> deadlines.idle();
      case HEAD -> deadlines.header();
      case BODY -> deadlines.body();
      case CLIENT_READS -> deadlines.write();
      case CLIENT_CLOSES -> deadlines.linger();
    };
  }
}
