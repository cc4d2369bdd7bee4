package io.tercet.http.settings;

import io.tercet.http.file.FileServingOptions;
import io.tercet.http.message.IpAddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the command line; what it does not say comes from the environment, and then from defaults.
public final class CommandLine {
  /// What the supervisor of the model `processes` adds for its workers; nobody types it.
  public static final String WORKER = "--worker";

  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final String SITES_DISK = "1800MB";
  private static final String GATEWAY = "127.0.0.0/8,::1";

  /// What the words come to.
  public sealed interface Outcome {}

  /// Serve.
  public record Serve(Settings settings) implements Outcome {}

  /// Print and leave, successfully.
  public record Tell(String text) implements Outcome {}

  /// Something cannot be: one line that says what to do.
  public record Wrong(String line) implements Outcome {}

  private final Map<String, String> environment;
  private final Additions additions;
  private final Map<String, String> options = new HashMap<>();
  private final Map<String, String> limits = new HashMap<>();
  private @Nullable String root;
  private final Set<String> flags = new HashSet<>();
  private final List<FileServingOptions.CacheRule> cacheRules = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();

  private CommandLine(Map<String, String> environment, Additions additions) {
    this.environment = environment;
    this.additions = additions;
  }

  /// Reads `args`; `environment` has the names of docs/settings.md.
  public static Outcome read(String[] args, Map<String, String> environment, Additions additions) {
    Deque<String> words = new ArrayDeque<>(Arrays.asList(args));
    if (words.contains("--help") || words.contains("-h")) {
      return new Tell(Help.text(additions.help()));
    }
    try {
      CommandLine line = new CommandLine(environment, additions);
      while (!words.isEmpty()) {
        line.take(words.removeFirst(), words);
      }
      return new Serve(line.settings());
    } catch (IllegalArgumentException wrong) {
      return new Wrong(wrong.getMessage() + "; --help lists what can be said");
    }
  }

  private void take(String word, Deque<String> rest) {
    int equals = word.indexOf('=');
    String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
    switch (name) {
      case "--port",
          "--bind",
          "--management-port",
          "--model",
          "--handler",
          "--sites-domain",
          "--sites-disk",
          "--access-log",
          "--access-log-format",
          "--trusted-proxies",
          WORKER ->
          options.put(name, value(word, equals, rest));
      case "--no-spa", "--proxy-protocol", "--no-compression", "--listing" -> flag(name, word);
      case "--cache-control" ->
          cacheRules.add(FileServingOptions.CacheRule.parse(value(word, equals, rest)));
      case "--header" -> fields.add(value(word, equals, rest));
      case "--limit" -> limit(value(word, equals, rest));
      default -> {
        if (additions.managementOptions().containsKey(name)) {
          options.put(name, value(word, equals, rest));
        } else {
          positional(word);
        }
      }
    }
  }

  /// Refuses a value: `=false` would do the opposite of what it says.
  private void flag(String name, String word) {
    if (!word.equals(name)) {
      throw new IllegalArgumentException(name + " takes no value; leave it out for the opposite");
    }
    flags.add(name);
  }

  private void limit(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("--limit wants NAME=VALUE, not " + assignment);
    }
    limits.put(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private void positional(String word) {
    if (word.startsWith("-") || root != null) {
      throw new IllegalArgumentException("what is " + word + "?");
    }
    root = word;
  }

  /// What follows `=`, or the next word.
  private static String value(String word, int equals, Deque<String> rest) {
    if (equals > 0) {
      return word.substring(equals + 1);
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(word + " wants a value");
    }
    return rest.removeFirst();
  }

  private Settings settings() {
    String named = root;
    Path served =
        Path.of(named != null ? named : variable("TERCET_WEB_ROOT").orElse("web-ui/dist"));
    Bounds bounds = Bounds.of(limits);
    return new Settings(
        served,
        named != null,
        setting("--bind", "TERCET_LISTEN").orElse("127.0.0.1"),
        port("the port", setting("--port", "TERCET_PAGES_PORT").orElse("8083")),
        managementPort(),
        model(),
        handler(),
        managementOptions(),
        files(bounds),
        sites(),
        accessLog(),
        proxies(),
        bounds,
        DRAIN,
        worker());
  }

  private OptionalInt worker() {
    String number = options.get(WORKER);
    return number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number));
  }

  private FileServingOptions files(Bounds bounds) {
    return new FileServingOptions(
        !flags.contains("--no-spa"),
        !flags.contains("--no-compression"),
        flags.contains("--listing"),
        bounds.listingEntriesMax(),
        cacheRules,
        FileServingOptions.fields(fields));
  }

  /// Part of a stack: nobody named a folder, or the environment tells of file-service.
  private boolean isInStack() {
    boolean told =
        root == null
            || variable("TERCET_FILES_URL").isPresent()
            || variable("TERCET_SERVICE_SECRET_FILE").isPresent();
    return told && handler().equals(Settings.FILES);
  }

  private String handler() {
    String name = setting("--handler", "TERCET_HANDLER").orElse(Settings.FILES);
    List<String> names = new ArrayList<>(List.of(Settings.FILES, Settings.ECHO));
    names.addAll(additions.handlers());
    if (!names.contains(name)) {
      String last = names.removeLast();
      throw new IllegalArgumentException(
          "the handler is %s or %s, not %s".formatted(String.join(", ", names), last, name));
    }
    return name;
  }

  private Optional<Integer> managementPort() {
    Optional<String> said = setting("--management-port", "TERCET_PAGES_MANAGEMENT_PORT");
    if (said.isEmpty() && isInStack()) {
      said = Optional.of("9083");
    }
    return said.map(text -> port("the management port", text));
  }

  private Map<String, String> managementOptions() {
    Map<String, String> values = new HashMap<>();
    additions
        .managementOptions()
        .forEach((option, variable) ->
            setting(option, variable).ifPresent(value -> values.put(option, value)));
    if (!values.isEmpty() && managementPort().isEmpty()) {
      throw new IllegalArgumentException(
          values.keySet().iterator().next() + " wants --management-port: what it opens is there");
    }
    return values;
  }

  private Optional<Settings.Sites> sites() {
    if (!isInStack()) {
      return Optional.empty();
    }
    Path data = Path.of(variable("TERCET_DATA").orElse("data"));
    Optional<Path> secret = variable("TERCET_SERVICE_SECRET_FILE").map(Path::of);
    String domain = setting("--sites-domain", "TERCET_SITES_DOMAIN").orElse("pages.localhost");
    return Optional.of(
        new Settings.Sites(
            domain,
            URI.create(variable("TERCET_FILES_URL").orElse("http://127.0.0.1:8082")),
            secret.orElse(data.resolve("service-secret")),
            data.resolve(worker().isEmpty() ? "pages" : "pages/worker-" + worker().getAsInt()),
            sitesDisk()));
  }

  /// The share of this process: with the model `processes`, the supervisor and each worker keep
  /// copies of their own.
  private long sitesDisk() {
    String size = setting("--sites-disk", "TERCET_SITES_DISK").orElse(SITES_DISK);
    long bytes =
        ByteSize.parse(size)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--sites-disk is a size, such as 500MB or 2GB, not " + size));
    boolean isOneOfMany = worker().isPresent() || model() == Settings.Model.PROCESSES;
    return isOneOfMany ? bytes / (Runtime.getRuntime().availableProcessors() + 1) : bytes;
  }

  private Optional<Settings.AccessLog> accessLog() {
    String format = setting("--access-log-format", "TERCET_ACCESS_LOG_FORMAT").orElse("combined");
    if (!format.equals("combined") && !format.equals("json")) {
      throw new IllegalArgumentException(
          "the format of the access log is combined or json, not " + format);
    }
    return setting("--access-log", "TERCET_ACCESS_LOG")
        .map(file -> new Settings.AccessLog(file, format.equals("json")));
  }

  /// As a part of Tercet, the proxy is web-gateway, which sends no PROXY header; a server of its
  /// own has none unless it is told.
  private Settings.Proxies proxies() {
    boolean header = flags.contains("--proxy-protocol");
    if (header && options.getOrDefault("--trusted-proxies", "").isEmpty()) {
      throw new IllegalArgumentException(
          "--proxy-protocol wants --trusted-proxies: anybody could say anything otherwise");
    }
    String trusted =
        setting("--trusted-proxies", "TERCET_GATEWAY_ADDRESSES").orElse(isInStack() ? GATEWAY : "");
    return new Settings.Proxies(
        trusted.isEmpty() ? List.of() : IpAddressRange.list(trusted), header);
  }

  /// What the option says, or else the variable; an option without a value says nothing.
  private Optional<String> setting(String option, String variable) {
    String said = options.get(option);
    return said == null ? variable(variable) : Optional.of(said).filter(text -> !text.isEmpty());
  }

  /// An empty variable is as good as none: Compose passes those on.
  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }

  private static int port(String what, String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException(what + " is a number from 0 to 65535, not " + text);
    }
    return Integer.parseInt(text);
  }

  private Settings.Model model() {
    String word = setting("--model", "TERCET_MODEL").orElse("epoll");
    return Settings.Model.of(word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the model is one of " + Settings.Model.words() + ", not " + word));
  }
}
