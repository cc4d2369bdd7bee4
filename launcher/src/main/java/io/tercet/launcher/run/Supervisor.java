package io.tercet.launcher.run;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.data.RotatedLog;
import io.tercet.launcher.process.Exit;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// Keeps the services of a run alive and their logs small.
///
/// Confined to the main thread, which calls [#tick] about once a second.
final class Supervisor {

  private static final Duration ROTATION = Duration.ofSeconds(30);

  private final ServiceGroup services;
  private final ServiceStarter starter;
  private final DataFolder data;
  private final Console console;
  private final RestartPolicy policy = new RestartPolicy();
  private final Map<Service, Instant> restartAt = new EnumMap<>(Service.class);
  private Instant nextRotation;

  Supervisor(
      ServiceGroup services,
      ServiceStarter starter,
      DataFolder data,
      Console console,
      Instant now) {
    this.services = services;
    this.starter = starter;
    this.data = data;
    this.console = console;
    this.nextRotation = now.plus(ROTATION);
  }

  /// Looks after every service once.
  void tick(Instant now) throws UserException, ServiceFailedException {
    for (Service service : Service.values()) {
      lookAfter(service, now);
    }
    if (!now.isBefore(nextRotation)) {
      rotateLogs();
      nextRotation = now.plus(ROTATION);
    }
  }

  private void rotateLogs() {
    for (Service service : Service.values()) {
      RotatedLog log = data.log(service);
      try {
        log.rotateIfLarge();
      } catch (IOException failed) {
        console.warn("cannot move the log " + log.file() + " on: " + failed);
      }
    }
  }

  private void lookAfter(Service service, Instant now)
      throws UserException, ServiceFailedException {
    Instant restart = restartAt.get(service);
    if (services.isAlive(service)) {
      services.tellIfReady(service, console);
    } else if (restart == null) {
      planRestart(service, now);
    } else if (!now.isBefore(restart)) {
      restartAt.remove(service);
      services.add(service, starter.start(service));
    }
  }

  private void planRestart(Service service, Instant now) throws ServiceFailedException {
    Exit exit = services.exit(service);
    switch (policy.afterDeath(service, now)) {
      case RestartPolicy.Decision.GiveUp(int deaths) ->
          throw new ServiceFailedException(
              service, "ended %d times within a minute (last: %s)".formatted(deaths, exit));
      case RestartPolicy.Decision.Restart(Duration delay) -> {
        restartAt.put(service, now.plus(delay));
        console.say(
            "%s ended (%s); starting it again%s. Its log: %s"
                .formatted(
                    service.title(),
                    exit,
                    delay.isZero() ? "" : " in " + delay.toSeconds() + " s",
                    data.log(service).file()));
      }
    }
  }
}
