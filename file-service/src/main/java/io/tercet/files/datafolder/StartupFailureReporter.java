package io.tercet.files.datafolder;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;

/// Prints one line instead of a stack trace when the operator can fix what stops the start.
///
/// Spring Boot finds it through META-INF/spring.factories.
final class StartupFailureReporter implements SpringBootExceptionReporter {

  @Override
  @SuppressWarnings("SystemOut") // the log may not be set up yet
  public boolean reportException(Throwable failure) {
    String line = line(failure);
    if (line == null) {
      return false;
    }
    System.err.println("file-service: " + line);
    return true;
  }

  static @Nullable String line(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupException) {
        return cause.getMessage();
      }
      if (cause instanceof PortInUseException port) {
        return "port "
            + port.getPort()
            + " is taken: stop what listens there, or choose another TERCET_FILES_PORT or "
            + "TERCET_FILES_MANAGEMENT_PORT";
      }
    }
    return null;
  }
}
