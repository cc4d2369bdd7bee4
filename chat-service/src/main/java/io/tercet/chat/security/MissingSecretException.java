package io.tercet.chat.security;

import org.springframework.boot.ExitCodeGenerator;

/// The service cannot start without the secret that the services share; the message says what to
/// do.
final class MissingSecretException extends RuntimeException implements ExitCodeGenerator {

  private static final long serialVersionUID = 1L;

  MissingSecretException(String message) {
    super(message, null, false, false);
  }

  @Override
  public int getExitCode() {
    return 1;
  }
}
