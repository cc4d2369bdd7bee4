package io.tercet.http.connection;

/// The states of a conversation. [Conversation] shows how one follows another.
enum ConversationState {
  /// Waits for the PROXY header.
  PROXY_HEADER,
  /// Waits for a request line and header fields.
  HEAD,
  /// Waits for the body that follows them.
  BODY,
  /// Sends the last response.
  CLOSING,
  /// Has sent it; the client may still be sending.
  LINGERING,
  /// The socket should be closed.
  DONE
}
