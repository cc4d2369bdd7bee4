package io.tercet.launcher.build;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Builds the services whose sources changed, and lays out the folders that they run from.
public record ServiceBuild(Installation installation, BuildTools tools, Console console)
    implements Build.Step {

  @Override
  public void run() throws IOException, UserException, StopRequestedException {
    Stamps stamps = Stamps.in(installation.home());
    Map<Service, String> changed = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      String digest = SourceDigest.of(installation.home(), sources(service));
      if (!digest.equals(stamps.of(service.title()))
          || !Files.isDirectory(installation.runFolder(service))) {
        changed.put(service, digest);
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    BuildTools.needMaven();
    console.say("Building " + titles(changed.keySet()) + ".");
    packageModules(changed);
    for (Map.Entry<Service, String> made : changed.entrySet()) {
      layOut(made.getKey());
      stamps.note(made.getKey().title(), made.getValue());
    }
  }

  private static List<String> sources(Service service) {
    List<String> sources = new ArrayList<>(List.of("pom.xml", ".mvn"));
    for (String module : service.modules()) {
      sources.add(module + "/pom.xml");
      sources.add(module + "/src/main");
    }
    return sources;
  }

  private static String titles(Set<Service> services) {
    return services.stream().map(Service::title).collect(Collectors.joining(" "));
  }

  private void packageModules(Map<Service, String> changed)
      throws UserException, StopRequestedException {
    String modules =
        changed.keySet().stream()
            .flatMap(service -> service.modules().stream())
            .distinct()
            .collect(Collectors.joining(","));
    tools.run(
        List.of(
            installation.home().resolve("bin/mvn").toString(),
            "-q",
            "-T",
            "1C",
            "-pl",
            modules,
            "package",
            "-Dmaven.test.skip=true"),
        "the build failed; the lines above say where. To see all of it: bin/mvn -pl "
            + modules
            + " package");
  }

  /// An extracted jar starts quicker than a packed one, and an AOT cache needs it.
  private void layOut(Service service) throws IOException, UserException, StopRequestedException {
    String module = service.modules().getLast();
    Path target = installation.home().resolve(module).resolve("target");
    Path folder = installation.runFolder(service);
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".new");
    Folders.delete(unfinished);
    Files.createDirectories(unfinished);
    Path jar = target.resolve(module + ".jar");
    if (Files.isDirectory(target.resolve("lib"))) {
      Files.copy(jar, unfinished.resolve(service.title() + ".jar"));
      Folders.copy(target.resolve("lib"), unfinished.resolve("lib"));
    } else {
      tools.run(
          List.of(
              installation.java().toString(),
              "-Djarmode=tools",
              "-jar",
              jar.toString(),
              "extract",
              "--destination",
              unfinished.toString(),
              "--force"),
          "cannot extract " + jar + ": run make clean and try again.");
    }
    Folders.delete(folder);
    Files.move(unfinished, folder);
  }
}
