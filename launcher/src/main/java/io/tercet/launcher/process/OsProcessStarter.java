package io.tercet.launcher.process;

import io.tercet.launcher.console.UserException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts processes of the operating system.
///
/// A child ignores SIGINT and SIGHUP, and on Linux has a session of its own: Ctrl-C reaches the
/// launcher alone, which stops the children in order. A child that outlives the launcher is ended
/// on Linux by the kernel (`PR_SET_PDEATHSIG`), elsewhere by the watchdog.
public final class OsProcessStarter implements ProcessStarter {

  private static final Path NOWHERE = Path.of("/dev/null");

  /// `$1` is the launcher's process id, `$2` the file for the child's. A launcher that was killed
  /// before the kernel knew its child is no longer the parent.
  private static final String PREPARE =
      "trap '' INT HUP; [ \"$PPID\" = \"$1\" ] || exit 143; (umask 077; echo $$ >\"$2\");"
          + " shift 2; exec \"$@\"";

  private final boolean linux;
  private final long launcher;
  private final Watchdog.Link watchdog;

  private OsProcessStarter(boolean linux, long launcher, Watchdog.Link watchdog) {
    this.linux = linux;
    this.launcher = launcher;
    this.watchdog = watchdog;
  }

  /// @param linux whether the kernel ends orphans
  /// @throws UserException if a program that this needs is missing
  public static OsProcessStarter create(boolean linux) throws UserException {
    if (linux && !(isOnPath("setsid") && isOnPath("setpriv"))) {
      throw new UserException(
          "setsid or setpriv is missing:"
              + " install util-linux (Debian: apt install util-linux) and run this again.");
    }
    return new OsProcessStarter(linux, ProcessHandle.current().pid(), new Watchdog.Link());
  }

  /// Whether the folders of `PATH` have such a program.
  public static boolean isOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String folder : path.split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Child start(ProcessSpec spec) throws UserException {
    ProcessBuilder builder = new ProcessBuilder(commandLine(spec));
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    builder.redirectInput(NOWHERE.toFile());
    builder.redirectErrorStream(spec.log().isPresent());
    builder.redirectOutput(
        spec.log().map(log -> Redirect.appendTo(log.toFile())).orElse(Redirect.INHERIT));
    if (spec.log().isEmpty()) {
      builder.redirectError(Redirect.INHERIT);
    }
    try {
      if (!linux) {
        watchdog.open();
      }
      Process process = builder.start();
      if (!linux) {
        watchdog.guard(process.pid());
      }
      return new OsChild(process);
    } catch (IOException failed) {
      String program = spec.command().getFirst();
      throw new UserException("cannot start " + program + ": " + failed.getMessage(), failed);
    }
  }

  private List<String> commandLine(ProcessSpec spec) {
    List<String> line = new ArrayList<>();
    if (linux) {
      String signal = spec.orphaned().name();
      line.addAll(List.of("setsid", "setpriv", "--pdeathsig", signal, "--"));
    }
    String pidFile = spec.pidFile().orElse(NOWHERE).toString();
    line.addAll(List.of("sh", "-c", PREPARE, "sh", Long.toString(launcher), pidFile));
    line.addAll(spec.command());
    return line;
  }

  @Override
  public void close() {
    watchdog.close();
  }

  private record OsChild(Process process) implements Child {

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public Exit exit() {
      return new Exit(process.exitValue());
    }

    @Override
    public void terminate() {
      process.destroy();
    }

    @Override
    public void kill() {
      process.destroyForcibly();
    }
  }
}
