package io.tercet.chat.security;

import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;

/// Checks the secret that the services share before anything starts. Without it the service prints
/// one line and exits with 1.
public final class ServiceSecretCheck
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    // The build processes the beans ahead of time; there is no secret yet.
    if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
      return;
    }
    String file = event.getEnvironment().getRequiredProperty("tercet.service.secret-file");
    try {
      ServiceSecret.read(Path.of(file));
    } catch (MissingSecretException missing) {
      System.err.println("chat-service: " + missing.getMessage());
      System.exit(1);
    }
  }
}
