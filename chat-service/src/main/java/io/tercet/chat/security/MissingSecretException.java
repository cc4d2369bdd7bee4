package io.tercet.chat.security;

/// The service cannot start without the secret that the services share; the message says what to
/// do.
final class MissingSecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MissingSecretException(String message) {
    super(message, null, false, false);
  }
}
