package io.tercet.launcher.run;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.data.RotatedLog;
import io.tercet.launcher.service.Service;

/// A service cannot be kept running, so the run ends.
public final class ServiceFailedException extends Exception {

  private static final long serialVersionUID = 1;
  private static final int LAST_LINES = 12;

  private final Service service;

  ServiceFailedException(Service service, String what) {
    super(service.title() + " " + what);
    this.service = service;
  }

  /// The service that failed.
  public Service service() {
    return service;
  }

  /// Says what happened, and shows the end of the service's log.
  public void tell(Console console, RotatedLog log) {
    console.warn(getMessage() + ". The end of " + log.file() + ":");
    log.tail(LAST_LINES).forEach(line -> console.detail("| " + line));
  }
}
