package io.tercet.system.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/// One service of what `bin/tercet build` made, started by itself with the flags of the launcher.
///
/// Bounds: it has three minutes to say where it listens.
public final class LoneService implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Pattern LISTENING = Pattern.compile("listening on http://127.0.0.1:(\\d+)/");
  private static final Path ROOT =
      Path.of(System.getProperty("tercet.root", ".")).toAbsolutePath().normalize();

  private final Process process;
  private final Path log;

  private LoneService(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts it.
  ///
  /// @param folder for its log
  /// @param environment all that it gets of Tercet's settings
  /// @param words of its command line
  public static LoneService start(
      String service, Path folder, Map<String, String> environment, String... words)
      throws IOException {
    Path jar = ROOT.resolve("build/run").resolve(service).resolve(service + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is not there; run bin/tercet build");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + ROOT.resolve("launcher/jvm/common.args"));
    command.add("@" + ROOT.resolve("launcher/jvm/" + service + ".args"));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(words));
    Path log = folder.resolve(service + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    builder.environment().putAll(environment);
    builder.redirectOutput(log.toFile());
    return new LoneService(builder.start(), log);
  }

  /// Where it listens, as http-raw-server says it: once so many ports are known.
  public List<Integer> ports(int count) {
    List<Integer> ports = new ArrayList<>();
    Awaitility.await()
        .atMost(START)
        .until(() -> {
          ports.clear();
          Matcher port = LISTENING.matcher(Files.readString(log));
          while (port.find()) {
            ports.add(Integer.valueOf(port.group(1)));
          }
          return ports.size() == count;
        });
    return ports;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
