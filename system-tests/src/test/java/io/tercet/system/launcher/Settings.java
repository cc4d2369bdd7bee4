package io.tercet.system.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The environment of one run: a data folder and free ports of its own, and nobody's settings file.
record Settings(Map<String, String> environment) {

  static final List<String> PORTS =
      List.of(
          "TERCET_PORT",
          "TERCET_CHAT_PORT",
          "TERCET_FILES_PORT",
          "TERCET_PAGES_PORT",
          "TERCET_GATEWAY_MANAGEMENT_PORT",
          "TERCET_CHAT_MANAGEMENT_PORT",
          "TERCET_FILES_MANAGEMENT_PORT",
          "TERCET_PAGES_MANAGEMENT_PORT",
          "TERCET_FTP_PORT");

  // Below the kernel's range for outgoing connections.
  private static final int LOWEST_PORT = 12_000;
  private static final int HIGHEST_PORT = 15_000;

  Settings {
    environment = Map.copyOf(environment);
  }

  static Settings forData(Path data) {
    Map<String, String> environment = new HashMap<>();
    int port = RandomGenerator.getDefault().nextInt(LOWEST_PORT, HIGHEST_PORT);
    for (String name : PORTS) {
      port = firstFreeFrom(port + 1);
      environment.put(name, Integer.toString(port));
    }
    environment.put("TERCET_FTP_PASSIVE_PORTS", (port + 1) + "-" + (port + 5));
    environment.put("TERCET_DATA", data.toString());
    environment.put("TERCET_SETTINGS", "/dev/null");
    return new Settings(environment);
  }

  Settings with(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return new Settings(changed);
  }

  Path data() {
    return Path.of(get("TERCET_DATA"));
  }

  int port(String name) {
    return Integer.parseInt(get(name));
  }

  private String get(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }

  private static int firstFreeFrom(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return port;
    } catch (IOException taken) {
      if (port > HIGHEST_PORT + 1_000) {
        throw new UncheckedIOException("no free port", taken);
      }
      return firstFreeFrom(port + 1);
    }
  }
}
