package io.tercet.http.connection;

/// Where a conversation is; [Conversation] draws how one follows another.
enum ConversationState {
  /// A proxy says whom it speaks for.
  PREFACE,
  /// A request line and header fields.
  HEAD,
  /// What follows them.
  BODY,
  /// The last answer is on its way.
  LAST,
  /// It has left, and the client may still be sending.
  LINGERING,
  /// It is over.
  DONE
}
