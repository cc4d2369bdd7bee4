package io.tercet.chat;

import io.tercet.chat.database.StartupException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Prints one line instead of a stack trace when the operator can fix what stops the start.
///
/// Spring Boot finds it through META-INF/spring.factories.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupFailureReporter implements SpringBootExceptionReporter {

  @Override
  public boolean reportException(Throwable failure) {
    String line = line(failure);
    if (line == null) {
      return false;
    }
    System.err.println("chat-service: " + line);
    return true;
  }

  private static @Nullable String line(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupException) {
        return cause.getMessage();
      }
      if (cause instanceof PortInUseException port) {
        return "port "
            + port.getPort()
            + " is taken: stop what listens there, or choose another TERCET_CHAT_PORT or "
            + "TERCET_CHAT_MANAGEMENT_PORT";
      }
    }
    return null;
  }
}
