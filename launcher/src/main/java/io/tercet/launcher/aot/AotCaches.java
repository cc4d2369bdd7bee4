package io.tercet.launcher.aot;

import io.tercet.launcher.build.Build;
import io.tercet.launcher.build.Stamps;
import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the AOT caches that are missing or do not fit any more.
///
/// A JVM takes a cache only if it is of the same build and has the same flags and jars; otherwise
/// it ignores the cache without a word. So all of these are in the cache's stamp.
public record AotCaches(Installation installation, Recorder recorder, Console console)
    implements Build.Step {

  /// Records caches. Tests have one that starts nothing.
  @FunctionalInterface
  public interface Recorder {

    /// Records the caches of these services. A cache that could not be recorded is missing then.
    void record(Set<Service> services) throws IOException, UserException, StopRequestedException;

    /// Where a service's log is that says why its cache is missing.
    default Path log(Service service) {
      return Path.of(service.title() + ".log");
    }
  }

  @Override
  public void run() throws IOException, UserException, StopRequestedException {
    Stamps stamps = Stamps.in(installation.home());
    Set<Service> outdated = EnumSet.noneOf(Service.class);
    for (Service service : Service.values()) {
      if (!Files.exists(installation.aotCache(service))
          || !stamp(service, stamps).equals(stamps.of(output(service)))) {
        outdated.add(service);
      }
    }
    if (outdated.isEmpty()) {
      return;
    }
    String titles = outdated.stream().map(Service::title).collect(Collectors.joining(" "));
    console.say("Rehearsing a start of " + titles + ", so that the next ones are quick.");
    for (Service service : outdated) {
      Files.deleteIfExists(installation.aotCache(service));
    }
    recorder.record(outdated);
    for (Service service : outdated) {
      if (Files.exists(installation.aotCache(service))) {
        stamps.note(output(service), stamp(service, stamps));
      } else {
        console.warn(
            "%s has no AOT cache and will start slower; why: %s"
                .formatted(service.title(), recorder.log(service)));
      }
    }
  }

  private static String output(Service service) {
    return service.title() + "-aot";
  }

  /// What a cache is made from.
  private String stamp(Service service, Stamps stamps) throws IOException {
    StringBuilder stamp = new StringBuilder(stamps.of(service.title())).append('\n');
    stamp.append(Files.readString(installation.javaHome().resolve("release")));
    for (Path flags : installation.jvmFlags(service)) {
      stamp.append(Files.readString(flags));
    }
    stamp.append(installation.runFolder(service)).append('\n');
    stamp.append(installation.javaHome()).append('\n');
    for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      stamp.append(installation.environment().getOrDefault(variable, "")).append('\n');
    }
    return stamp.toString();
  }
}
