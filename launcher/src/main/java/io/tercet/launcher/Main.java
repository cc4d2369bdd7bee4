package io.tercet.launcher;

import io.tercet.launcher.aot.AotCaches;
import io.tercet.launcher.aot.Rehearsal;
import io.tercet.launcher.build.Build;
import io.tercet.launcher.build.BuildTools;
import io.tercet.launcher.build.PageBuild;
import io.tercet.launcher.build.ServiceBuild;
import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.data.DataLock;
import io.tercet.launcher.data.Restore;
import io.tercet.launcher.data.ServiceSecret;
import io.tercet.launcher.network.Ports;
import io.tercet.launcher.process.OsProcessStarter;
import io.tercet.launcher.process.ProcessSpec.OrphanSignal;
import io.tercet.launcher.process.ProcessStarter;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.report.Measurement;
import io.tercet.launcher.report.Memory;
import io.tercet.launcher.report.Status;
import io.tercet.launcher.report.StopOthers;
import io.tercet.launcher.run.ReadinessProbe;
import io.tercet.launcher.run.Run;
import io.tercet.launcher.run.ServiceStarter;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Installation.OperatingSystem;
import io.tercet.launcher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The command `bin/tercet`.
public final class Main {

  private static final String USAGE =
      """
      usage: bin/tercet COMMAND

        run [--follow]     build what changed, start everything, stop it on Ctrl-C;
                           --follow also stops when the process that started it ends
        build              only build what changed, with the AOT caches
        status             which services run, and are they ready?
        memory             what they use: the sum of their proportional set sizes
        stop               stop what runs on this data folder
        restore FOLDER     put a copy of a data folder in the place of this one's content
        measure [SECONDS]  how long a second start takes, and the memory after SECONDS (60)
        tools              check that Maven and Node are there
        ports COUNT        print free ports
        help               this text

      Settings are environment variables or lines of .tercet.env: docs/settings.md.
      """;

  private final Installation installation;
  private final Console console;
  private final StopRequests stops;

  private Main(Installation installation, Console console, StopRequests stops) {
    this.installation = installation;
    this.console = console;
    this.stops = stops;
  }

  /// Runs one command. The main thread starts every process and waits for it.
  public static void main(String[] words) {
    Map<String, String> environment = System.getenv();
    Installation installation =
        new Installation(
            Path.of(System.getProperty("tercet.home")),
            Path.of(System.getProperty("java.home")),
            OperatingSystem.current(environment.containsKey("TERCET_TEST_PORTABLE")),
            environment);
    List<String> command = List.of(words);
    boolean follow = command.equals(List.of("run", "--follow"));
    StopRequests stops = StopRequests.ofSignals(follow ? parentIsGone() : () -> false);
    System.exit(new Main(installation, Console.standard(), stops).run(command));
  }

  /// Whether the process that started bin/tercet has ended.
  private static BooleanSupplier parentIsGone() {
    long parent = Long.getLong("tercet.parent", 0);
    return () -> ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L) != parent;
  }

  private int run(List<String> words) {
    try {
      return command(words);
    } catch (UserException failed) {
      console.warn(failed.sentence());
      return 1;
    } catch (StopRequestedException asked) {
      return asked.exitCode();
    }
  }

  private int command(List<String> words) throws UserException, StopRequestedException {
    String command = words.isEmpty() ? "help" : words.getFirst();
    boolean linux = installation.system().isLinux();
    switch (command) {
      case "run" -> {
        return run(settings());
      }
      case "build" -> {
        try (ProcessStarter processes = OsProcessStarter.create(linux)) {
          build(processes).run();
        }
      }
      case "status" -> {
        Settings settings = settings();
        return new Status(settings, ReadinessProbe.overHttp(settings), linux).print(console);
      }
      case "memory" -> Memory.of(data(), linux).print(console);
      case "stop" -> new StopOthers(data(), stops, console).run();
      case "restore" -> {
        if (words.size() != 2) {
          throw new UserException("say which backup: bin/tercet restore FOLDER.");
        }
        Settings settings = settings();
        new Restore(data(), console)
            .from(Path.of(words.get(1)), settings.keepsMessagesInData(), stops);
      }
      case "measure" -> {
        Duration settle = Duration.ofSeconds(number(words, 60));
        new Measurement(installation, settle, stops, console).run();
      }
      case "tools" -> {
        BuildTools.needMaven();
        BuildTools.needNode();
      }
      case "ports" ->
          new Ports(linux).free(number(words, 1)).forEach(port -> console.say(port.toString()));
      case "help", "-h", "--help" -> console.out().print(USAGE);
      default ->
          throw new UserException(
              "there is no command " + command + "; bin/tercet help lists them.");
    }
    return 0;
  }

  private static int number(List<String> words, int otherwise) throws UserException {
    try {
      return words.size() < 2 ? otherwise : Integer.parseInt(words.get(1));
    } catch (NumberFormatException none) {
      throw new UserException(words.get(1) + " is not a number.", none);
    }
  }

  private Settings settings() throws UserException {
    return Settings.load(installation.home(), installation.environment(), console);
  }

  private DataFolder data() throws UserException {
    return new DataFolder(settings().data());
  }

  private int run(Settings settings) throws UserException, StopRequestedException {
    boolean linux = installation.system().isLinux();
    Ports ports = new Ports(linux);
    DataFolder data = new DataFolder(settings.data());
    try (ProcessStarter processes = OsProcessStarter.create(linux);
        DataLock _ = DataLock.take(data, console, stops)) {
      new Restore(data, console).finishAfterKill();
      ports.checkUsable(settings);
      new ServiceSecret(settings.serviceSecretFile()).make();
      build(processes).run();
      ports.checkUsable(settings);
      if (!linux) {
        console.say("Not on Linux: http-raw-server uses Java's selectors.");
      }
      ServiceStarter starter =
          new ServiceStarter(installation, settings, processes, OrphanSignal.TERM);
      return new Run(settings, starter, stops, console).untilStopped();
    }
  }

  private Build build(ProcessStarter processes) {
    BuildTools tools = new BuildTools(processes, stops, installation.environment());
    List<Build.Step> steps =
        List.of(
            new ServiceBuild(installation, tools, console),
            new PageBuild(installation.home(), tools, console),
            new AotCaches(
                installation, new Rehearsal(installation, processes, stops, console), console));
    return new Build(installation.home(), steps, stops, console);
  }
}
