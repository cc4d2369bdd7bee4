package io.tercet.launcher.network;

import io.tercet.launcher.console.UserException;
import io.tercet.launcher.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// TCP ports of this machine: whether those of the settings can be used, and free ones to use.
///
/// @param linux whether /proc tells who listens
public record Ports(boolean linux) {

  private static final int PRIVILEGED_BELOW = 1_024;

  // Outside the range of outgoing connections, so that none of these takes one meanwhile.
  private static final int FREE_FROM = 20_000;
  private static final int FREE_BELOW = 32_000;

  /// Fails if somebody listens on one of our ports, or if we may not.
  public void checkUsable(Settings settings) throws UserException {
    Listeners listeners = Listeners.now(linux);
    for (String name : Settings.portNames()) {
      int port = settings.port(name);
      Optional<String> owner = listeners.listenerOn(port);
      if (owner.isPresent()) {
        throw new UserException(
            "port %d is taken%s: stop that, or start with %s=<another port>."
                .formatted(port, owner.get(), name));
      }
      if (port < PRIVILEGED_BELOW && needsRoot(port)) {
        throw new UserException(
            "port %d needs root: start with %s=<a port from %d>."
                .formatted(port, name, PRIVILEGED_BELOW));
      }
    }
  }

  private static boolean needsRoot(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return false;
    } catch (IOException refused) {
      return isDenied(refused);
    }
  }

  static boolean isDenied(IOException refused) {
    return String.valueOf(refused.getMessage()).contains("ermission denied");
  }

  /// Ports that nobody listens on, all different.
  public List<Integer> free(int count) {
    Listeners listeners = Listeners.now(linux);
    return RandomGenerator.getDefault()
        .ints(FREE_FROM, FREE_BELOW)
        .distinct()
        .filter(port -> listeners.listenerOn(port).isEmpty())
        .limit(count)
        .boxed()
        .toList();
  }

  /// Settings for a stack beside others: a free port for each setting that is one, and no file.
  public Map<String, String> freeSettings() {
    List<String> names = Settings.portNames();
    List<Integer> ports = free(names.size() + 1);
    Map<String, String> settings = new HashMap<>();
    for (int index = 0; index < names.size(); index++) {
      settings.put(names.get(index), ports.get(index).toString());
    }
    settings.put("TERCET_FTP_PASSIVE_PORTS", ports.getLast() + "-" + ports.getLast());
    settings.put("TERCET_SETTINGS", "/dev/null");
    return settings;
  }
}
