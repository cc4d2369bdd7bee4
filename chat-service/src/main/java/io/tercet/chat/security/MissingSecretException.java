package io.tercet.chat.security;

/// The secret that the services share is missing; the message says what to do.
final class MissingSecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MissingSecretException(String message) {
    super(message, null, false, false);
  }
}
