package io.tercet.chat.security;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/// Says in one line what is missing, instead of a stack trace.
final class MissingSecretReporter implements SpringBootExceptionReporter {

  MissingSecretReporter(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MissingSecretException missing) {
        System.err.println("chat-service: " + missing.getMessage());
        return true;
      }
    }
    return false;
  }
}
