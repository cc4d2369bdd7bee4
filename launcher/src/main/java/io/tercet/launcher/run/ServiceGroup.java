package io.tercet.launcher.run;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.process.Child;
import io.tercet.launcher.process.Exit;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.service.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The services of a run as processes: which of them run, which are not ready yet, and their end.
///
/// Confined to the main thread.
public final class ServiceGroup {

  private static final Duration POLL = Duration.ofMillis(100);

  private final ReadinessProbe probe;
  private final StopRequests stops;
  private final InstantSource clock;
  private final Map<Service, Child> children = new EnumMap<>(Service.class);
  private final Map<Service, Instant> unready = new EnumMap<>(Service.class);

  /// A group without a process.
  public ServiceGroup(ReadinessProbe probe, StopRequests stops, InstantSource clock) {
    this.probe = probe;
    this.stops = stops;
    this.clock = clock;
  }

  /// Adds a process that was started just now. It replaces an earlier one of the same service.
  public void add(Service service, Child child) {
    children.put(service, child);
    unready.put(service, clock.instant());
  }

  /// Whether every service that was added has been ready.
  boolean isReady() {
    return unready.isEmpty();
  }

  boolean isAlive(Service service) {
    Child child = children.get(service);
    return child != null && child.isAlive();
  }

  /// How a service ended.
  public Exit exit(Service service) {
    Child child = children.get(service);
    if (child == null) {
      throw new IllegalArgumentException(service.title() + " was not started");
    }
    return child.exit();
  }

  /// Waits until all are ready.
  public void awaitReady(Duration atMost) throws ServiceFailedException, StopRequestedException {
    Instant deadline = clock.instant().plus(atMost);
    while (true) {
      for (Service service : List.copyOf(unready.keySet())) {
        if (!isAlive(service)) {
          throw new ServiceFailedException(
              service, "ended before it was ready (" + exit(service) + ")");
        } else if (probe.isReady(service)) {
          unready.remove(service);
        } else if (clock.instant().isAfter(deadline)) {
          throw new ServiceFailedException(
              service, "is not ready after " + atMost.toSeconds() + " s");
        }
      }
      if (unready.isEmpty()) {
        return;
      }
      stops.pause(POLL);
    }
  }

  /// Asks a service that was started again whether it is ready, and says so once.
  void tellIfReady(Service service, Console console) {
    Instant since = unready.get(service);
    if (since != null && probe.isReady(service)) {
      unready.remove(service);
      Duration took = Duration.between(since, clock.instant());
      console.say(service.title() + " is ready again after " + Console.seconds(took) + " s.");
    }
  }

  /// SIGTERM to all at once: chat-service then closes the sockets that the gateway drains. SIGKILL
  /// to those that are left when the time is over, or when somebody asks again.
  ///
  /// @return whether all ended by themselves
  public boolean stop(Duration atMost, Console console) {
    children.values().forEach(Child::terminate);
    Instant deadline = clock.instant().plus(atMost);
    boolean hurried = false;
    while (children.values().stream().anyMatch(Child::isAlive)) {
      if (hurried || !clock.instant().isBefore(deadline)) {
        String left =
            children.keySet().stream()
                .filter(this::isAlive)
                .map(Service::title)
                .collect(Collectors.joining(" "));
        console.warn(left + " had to be killed.");
        children.values().forEach(Child::kill);
        return false;
      }
      hurried = stops.askedWithin(POLL);
    }
    return true;
  }
}
