package io.tercet.launcher.run;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.service.Service;
import io.tercet.launcher.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The services from their start to their end: started at once, watched, and stopped in order.
///
/// Confined to the main thread.
public record Run(Settings settings, ServiceStarter starter, StopRequests stops, Console console) {

  private static final Duration TERM_TO_KILL = Duration.ofSeconds(15);
  private static final Duration TICK = Duration.ofSeconds(1);

  /// Returns when everything has ended.
  ///
  /// @return the exit code: 0 if all services were ready and ended by themselves
  public int untilStopped() throws UserException {
    InstantSource clock = InstantSource.system();
    DataFolder data = new DataFolder(settings.data());
    ServiceGroup services = new ServiceGroup(ReadinessProbe.overHttp(settings), stops, clock);
    try {
      Instant begun = clock.instant();
      for (Service service : Service.values()) {
        services.add(service, starter.startWithNewLog(service));
      }
      services.awaitReady(settings.readyWithin());
      new Welcome(settings, Duration.between(begun, clock.instant())).print(console);
      Supervisor supervisor = new Supervisor(services, starter, data, console, clock.instant());
      while (true) {
        stops.pause(TICK);
        supervisor.tick(clock.instant());
      }
    } catch (StopRequestedException asked) {
      console.say("Stopping.");
      boolean wasReady = services.isReady();
      boolean clean = services.stop(TERM_TO_KILL, console);
      return !clean ? 1 : wasReady ? 0 : asked.exitCode();
    } catch (ServiceFailedException failed) {
      failed.tell(console, data.log(failed.service()));
      services.stop(TERM_TO_KILL, console);
      return 1;
    } catch (UserException failed) {
      services.stop(TERM_TO_KILL, console);
      throw failed;
    }
  }
}
