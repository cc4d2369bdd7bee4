package io.tercet.launcher.run;

import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.data.RotatedLog;
import io.tercet.launcher.process.Child;
import io.tercet.launcher.process.ProcessSpec;
import io.tercet.launcher.process.ProcessSpec.OrphanSignal;
import io.tercet.launcher.process.ProcessStarter;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Service;
import io.tercet.launcher.settings.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Starts services with the settings of one run.
///
/// @param orphaned what a service gets when the launcher is gone
public record ServiceStarter(
    Installation installation, Settings settings, ProcessStarter processes, OrphanSignal orphaned) {

  /// Starts a service from its AOT cache.
  public Child start(Service service) throws UserException {
    return start(service, "-XX:AOTCache=" + installation.aotCache(service));
  }

  /// Starts a service for the first time in a run: its log begins anew.
  Child startWithNewLog(Service service) throws UserException {
    RotatedLog log = new DataFolder(settings.data()).log(service);
    try {
      log.rotate();
    } catch (IOException failed) {
      throw new UserException("cannot move the log " + log.file() + " on: " + failed, failed);
    }
    return start(service);
  }

  /// Starts a service.
  ///
  /// @param cacheFlag that uses an AOT cache, or records one
  public Child start(Service service, String cacheFlag) throws UserException {
    DataFolder data = new DataFolder(settings.data());
    RotatedLog log = data.log(service);
    try {
      log.make();
    } catch (IOException failed) {
      throw new UserException("cannot make the log " + log.file() + ": " + failed, failed);
    }
    return processes.start(
        new ProcessSpec(
            installation.command(service, cacheFlag, data.temporaryFolder(service)),
            environment(),
            Optional.of(data.pidFile(service).file()),
            Optional.of(log.file()),
            orphaned));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(installation.environment());
    if (orphaned == OrphanSignal.KILL) {
      // A rehearsal has nobody's settings.
      environment.keySet().removeIf(name -> name.startsWith("TERCET_"));
    }
    environment.putAll(settings.values());
    return environment;
  }
}
