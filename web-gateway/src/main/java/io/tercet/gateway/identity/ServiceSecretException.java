package io.tercet.gateway.identity;

import org.jspecify.annotations.Nullable;

/// The service secret is missing or too short; the message says what to do.
public final class ServiceSecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServiceSecretException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
