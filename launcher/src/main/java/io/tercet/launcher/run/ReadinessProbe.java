package io.tercet.launcher.run;

import io.tercet.launcher.network.PlainHttp;
import io.tercet.launcher.service.Service;
import io.tercet.launcher.settings.Settings;

/// Asks services whether they are ready. Tests have one that knows without asking.
@FunctionalInterface
public interface ReadinessProbe {

  /// Whether this service is ready; no if it does not answer within two seconds.
  boolean isReady(Service service);

  /// Asks on the management ports of these settings.
  static ReadinessProbe overHttp(Settings settings) {
    return service ->
        PlainHttp.answersOk(
            settings.managementHost(), service.managementPort(settings), service.readinessPath());
  }
}
