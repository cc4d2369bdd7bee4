package io.tercet.launcher.aot;

import io.tercet.launcher.build.Folders;
import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.data.DataLock;
import io.tercet.launcher.data.ServiceSecret;
import io.tercet.launcher.network.Ports;
import io.tercet.launcher.process.ProcessSpec.OrphanSignal;
import io.tercet.launcher.process.ProcessStarter;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.run.ReadinessProbe;
import io.tercet.launcher.run.ServiceFailedException;
import io.tercet.launcher.run.ServiceGroup;
import io.tercet.launcher.run.ServiceStarter;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Service;
import io.tercet.launcher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A start of all services that records AOT caches: with nobody's settings, on free ports, and in a
/// folder that is thrown away.
public record Rehearsal(
    Installation installation, ProcessStarter processes, StopRequests stops, Console console)
    implements AotCaches.Recorder {

  // For being ready, and for writing the caches; also on a busy machine.
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration NOTHING_TO_KEEP = Duration.ofSeconds(1);

  @Override
  public void record(Set<Service> services)
      throws IOException, UserException, StopRequestedException {
    Folders.delete(data().path());
    Settings settings = Settings.load(installation.home(), environment(), console);
    try (DataLock _ = DataLock.take(data(), console, stops)) {
      new ServiceSecret(settings.serviceSecretFile()).make();
      ServiceGroup group =
          new ServiceGroup(ReadinessProbe.overHttp(settings), stops, InstantSource.system());
      try {
        start(group, services, settings);
        group.awaitReady(settings.readyWithin());
        new FirstVisit(settings.port("TERCET_PORT")).perform();
        group.stop(PATIENCE, console);
        keep(group, services);
      } catch (ServiceFailedException failed) {
        failed.tell(console, data().log(failed.service()));
        group.stop(NOTHING_TO_KEEP, console);
      } catch (StopRequestedException asked) {
        group.stop(NOTHING_TO_KEEP, console);
        throw asked;
      }
    }
  }

  @Override
  public Path log(Service service) {
    return data().log(service).file();
  }

  private DataFolder data() {
    return new DataFolder(installation.home().resolve("build/rehearsal"));
  }

  private Map<String, String> environment() {
    Map<String, String> environment =
        new HashMap<>(new Ports(installation.system().isLinux()).freeSettings());
    environment.put("TERCET_DATA", data().path().toString());
    environment.put("TERCET_READY_SECONDS", Long.toString(PATIENCE.toSeconds()));
    return environment;
  }

  /// Those that are named record their caches; the others use theirs.
  private void start(ServiceGroup group, Set<Service> recording, Settings settings)
      throws IOException, UserException {
    ServiceStarter starter =
        new ServiceStarter(installation, settings, processes, OrphanSignal.KILL);
    for (Service service : Service.values()) {
      if (recording.contains(service)) {
        Files.deleteIfExists(unfinished(service));
        group.add(service, starter.start(service, "-XX:AOTCacheOutput=" + unfinished(service)));
      } else {
        group.add(service, starter.start(service));
      }
    }
  }

  private Path unfinished(Service service) {
    Path cache = installation.aotCache(service);
    return cache.resolveSibling(cache.getFileName() + ".new");
  }

  /// A service that was killed may have written half of its cache.
  private void keep(ServiceGroup group, Set<Service> recorded) throws IOException {
    for (Service service : recorded) {
      if (group.exit(service).isTerminated() && Files.exists(unfinished(service))) {
        Files.move(
            unfinished(service),
            installation.aotCache(service),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
