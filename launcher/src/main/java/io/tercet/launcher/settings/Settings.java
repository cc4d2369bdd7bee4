package io.tercet.launcher.settings;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All settings of a run, checked. The environment wins over the settings file, the file over the
/// default.
///
/// @param values by name; a setting that is left to the services is absent
public record Settings(Map<String, String> values) {

  /// Variables of tests, containers and continuous integration, which are not settings.
  private static final Set<String> NOT_OURS =
      Set.of("TERCET_ROOT", "TERCET_VERSION", "TERCET_CHROMIUM", "TERCET_NOTHING_LEFT_OUT");

  private static final List<String> NOT_OURS_PREFIXES =
      List.of("TERCET_TEST_", "TERCET_SYSTEM_", "TERCET_CI_");

  /// Copies the values.
  public Settings {
    values = Map.copyOf(values);
  }

  /// Reads and checks every setting.
  ///
  /// @param home Tercet's folder
  /// @param environment of this process
  public static Settings load(Path home, Map<String, String> environment, Console console)
      throws UserException {
    warnOfUnknownNames(environment, console);
    Map<String, String> given = fileOf(home, environment);
    environment.forEach((name, value) -> {
      if (!value.isEmpty()) {
        given.put(name, value);
      }
    });
    Map<String, String> values = new HashMap<>();
    for (Setting setting : Setting.ALL) {
      String value = given.getOrDefault(setting.name(), "");
      if (value.isEmpty()) {
        value = defaultOf(setting, home);
      }
      if (!value.isEmpty()) {
        check(setting, value);
        values.put(setting.name(), value);
      }
    }
    derive(values);
    checkPortsDiffer(values);
    return new Settings(values);
  }

  /// The names of the settings that are one TCP port.
  public static List<String> portNames() {
    return Setting.ALL.stream()
        .filter(setting -> setting.kind() == SettingKind.Form.PORT)
        .map(Setting::name)
        .toList();
  }

  private static void warnOfUnknownNames(Map<String, String> environment, Console console) {
    for (String name : new TreeSet<>(environment.keySet())) {
      boolean ours =
          name.startsWith("TERCET_")
              && !NOT_OURS.contains(name)
              && NOT_OURS_PREFIXES.stream().noneMatch(name::startsWith);
      if (ours && Setting.named(name).isEmpty()) {
        console.warn(
            name
                + " is not a setting and is ignored"
                + Suggestion.forName(name)
                + "; docs/settings.md lists them.");
      }
    }
  }

  private static Map<String, String> fileOf(Path home, Map<String, String> environment)
      throws UserException {
    String named = environment.getOrDefault("TERCET_SETTINGS", "");
    Path file = named.isEmpty() ? home.resolve(".tercet.env") : Path.of(named);
    if (Files.exists(file)) {
      return new SettingsFile(file).read();
    }
    if (!named.isEmpty()) {
      throw new UserException("TERCET_SETTINGS names " + file + ", which does not exist.");
    }
    return new HashMap<>();
  }

  private static String defaultOf(Setting setting, Path home) {
    String value = setting.defaultValue();
    return setting.kind() == SettingKind.Form.PATH && !value.isEmpty()
        ? home.resolve(value).toString()
        : value;
  }

  private static void check(Setting setting, String value) throws UserException {
    Optional<String> broken = setting.kind().brokenRule(value);
    if (broken.isPresent()) {
      throw new UserException(setting.name() + " is '" + value + "': " + broken.get() + ".");
    }
  }

  /// Fills in what follows from other settings, and makes paths absolute.
  private static void derive(Map<String, String> values) {
    String listen = require(values, "TERCET_LISTEN");
    String near = listen.equals("::") ? "127.0.0.1" : reachable(listen);
    for (String service : List.of("CHAT", "FILES", "PAGES")) {
      String port = require(values, "TERCET_" + service + "_PORT");
      values.putIfAbsent("TERCET_" + service + "_URL", "http://" + near + ":" + port);
    }
    values.putIfAbsent(
        "TERCET_SERVICE_SECRET_FILE", require(values, "TERCET_DATA") + "/service-secret");
    for (Setting setting : Setting.ALL) {
      if (setting.kind() == SettingKind.Form.PATH) {
        values.computeIfPresent(
            setting.name(), (_, path) -> Path.of(path).toAbsolutePath().toString());
      }
    }
  }

  private static void checkPortsDiffer(Map<String, String> values) throws UserException {
    Map<Integer, String> owners = new HashMap<>();
    for (String name : portNames()) {
      int port = Integer.parseInt(require(values, name));
      String owner = owners.putIfAbsent(port, name);
      if (owner != null) {
        throw new UserException(
            owner + " and " + name + " are both " + port + ": give one of them another port.");
      }
    }
  }

  private static String require(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " has no value");
    }
    return value;
  }

  /// An address of this machine at which a listener that is bound to this one can be reached.
  private static String reachable(String address) {
    return switch (address) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> address;
    };
  }

  /// The value of a setting that always has one.
  public String get(String name) {
    return require(values, name);
  }

  /// The number of a setting that is a port.
  public int port(String name) {
    return Integer.parseInt(get(name));
  }

  /// The data folder, absolute.
  public Path data() {
    return Path.of(get("TERCET_DATA"));
  }

  /// Whether the messages are in the data folder, and not in a database that somebody named.
  public boolean keepsMessagesInData() {
    return !values.containsKey("TERCET_CHAT_DATABASE_URL");
  }

  /// The file with what services prove themselves with to each other, absolute.
  public Path serviceSecretFile() {
    return Path.of(get("TERCET_SERVICE_SECRET_FILE"));
  }

  /// How long services may take until they are ready.
  public Duration readyWithin() {
    return Duration.ofSeconds(Long.parseLong(get("TERCET_READY_SECONDS")));
  }

  /// Where this machine reaches the management ports.
  public String managementHost() {
    return reachable(get("TERCET_LISTEN"));
  }
}
