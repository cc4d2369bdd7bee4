package io.tercet.gateway;

import io.tercet.gateway.identity.ServiceSecretException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Prints one line instead of a stack trace when the operator can fix what stops the start.
///
/// Spring Boot finds it through META-INF/spring.factories.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupFailureReporter implements SpringBootExceptionReporter {

  /// Spring Boot calls this constructor and passes the context as far as it exists.
  StartupFailureReporter(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ServiceSecretException) {
        System.err.println("web-gateway: " + cause.getMessage());
        return true;
      }
      if (cause instanceof IllegalArgumentException setting && names(setting)) {
        System.err.println("web-gateway: " + setting.getMessage());
        return true;
      }
      if (cause instanceof PortInUseException taken) {
        System.err.printf(
            "web-gateway: Port %d is taken. Stop what uses it, or set TERCET_PORT or"
                + " TERCET_GATEWAY_MANAGEMENT_PORT to another one.%n",
            taken.getPort());
        return true;
      }
    }
    return false;
  }

  /// Whether the message says which setting is wrong.
  private static boolean names(IllegalArgumentException failure) {
    return failure.getMessage() != null && failure.getMessage().startsWith("TERCET_");
  }
}
