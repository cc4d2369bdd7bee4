package io.tercet.http.connection;

import java.time.Duration;

/// What a conversation waits for between turns. Each has its own time limit.
enum WaitReason {
  REQUEST,
  HEAD,
  BODY,
  CLIENT_READS,
  CLIENT_CLOSES;

  /// What a conversation in this state waits for.
  ///
  /// @param allSent whether no response waits to be sent
  /// @param noInput whether nothing of the next request has come
  static WaitReason in(ConversationState state, boolean allSent, boolean noInput) {
    if (state == ConversationState.LINGERING) {
      return CLIENT_CLOSES;
    }
    if (!allSent) {
      return CLIENT_READS;
    }
    if (state == ConversationState.BODY) {
      return BODY;
    }
    return state != ConversationState.PROXY_HEADER && noInput ? REQUEST : HEAD;
  }

  Duration limit(ConnectionLimits limits) {
    return switch (this) {
      case REQUEST -> limits.idle();
      case HEAD -> limits.header();
      case BODY -> limits.body();
      case CLIENT_READS -> limits.write();
      case CLIENT_CLOSES -> limits.linger();
    };
  }
}
