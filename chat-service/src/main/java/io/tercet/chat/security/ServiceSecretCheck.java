package io.tercet.chat.security;

import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;

/// Looks for the services' secret before anything is started: without it one clear line is all that
/// happens, and exit code 1.
public final class ServiceSecretCheck
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    // The build prepares the beans ahead of time: nothing starts, and there is no secret yet.
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
