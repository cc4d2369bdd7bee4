package io.tercet.http.settings;

import io.tercet.http.handle.FileRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the command line; what it does not say comes from the environment, and then from defaults.
public final class CommandLine {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /// What the words come to.
  public sealed interface Outcome {}

  /// Serve.
  public record Serve(Settings settings) implements Outcome {}

  /// Print and leave, successfully.
  public record Tell(String text) implements Outcome {}

  /// Something cannot be: one line that says what to do.
  public record Wrong(String line) implements Outcome {}

  private final Map<String, String> environment;
  private final Map<String, String> options = new HashMap<>();
  private final Map<String, String> limits = new HashMap<>();
  private @Nullable String root;
  private boolean spaFallback = true;
  private boolean compresses = true;
  private boolean lists;
  private final List<FileRules.CacheRule> cacheRules = new ArrayList<>();
  private final List<String> fields = new ArrayList<>();

  private CommandLine(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Reads `args`; `environment` has the names of docs/settings.md.
  public static Outcome read(String[] args, Map<String, String> environment) {
    Deque<String> words = new ArrayDeque<>(Arrays.asList(args));
    if (words.contains("--help") || words.contains("-h")) {
      return new Tell(Help.TEXT);
    }
    try {
      CommandLine line = new CommandLine(environment);
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
      case "--port", "--bind", "--management-port", "--model", "--sites-domain" ->
          options.put(name, value(word, equals, rest));
      case "--no-spa" -> spaFallback = false;
      case "--no-compression" -> compresses = false;
      case "--listing" -> lists = true;
      case "--cache-control" ->
          cacheRules.add(FileRules.CacheRule.parse(value(word, equals, rest)));
      case "--header" -> fields.add(value(word, equals, rest));
      case "--limit" -> limit(value(word, equals, rest));
      default -> positional(word);
    }
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
        Path.of(named != null ? named : environment.getOrDefault("TERCET_WEB_ROOT", "web-ui/dist"));
    Bounds bounds = Bounds.of(limits);
    return new Settings(
        served,
        named != null,
        setting("--bind", "TERCET_LISTEN").orElse("127.0.0.1"),
        port("the port", setting("--port", "TERCET_PAGES_PORT").orElse("8083")),
        managementPort(),
        model(setting("--model", "TERCET_MODEL").orElse("epoll")),
        files(bounds),
        sites(),
        bounds,
        DRAIN);
  }

  private FileRules files(Bounds bounds) {
    return new FileRules(
        spaFallback,
        compresses,
        lists,
        bounds.listingEntriesMax(),
        cacheRules,
        FileRules.fields(fields));
  }

  /// Part of a stack: nobody named a folder, or the environment tells of file-service.
  private boolean isInStack() {
    return root == null
        || environment.containsKey("TERCET_FILES_URL")
        || environment.containsKey("TERCET_SERVICE_SECRET_FILE");
  }

  private Optional<Integer> managementPort() {
    Optional<String> said = setting("--management-port", "TERCET_PAGES_MANAGEMENT_PORT");
    if (said.isEmpty() && isInStack()) {
      said = Optional.of("9083");
    }
    return said.map(text -> port("the management port", text));
  }

  private Optional<Settings.Sites> sites() {
    if (!isInStack()) {
      return Optional.empty();
    }
    Path data = Path.of(environment.getOrDefault("TERCET_DATA", "data"));
    String secret = environment.get("TERCET_SERVICE_SECRET_FILE");
    String domain = setting("--sites-domain", "TERCET_SITES_DOMAIN").orElse("pages.localhost");
    return Optional.of(
        new Settings.Sites(
            domain,
            URI.create(environment.getOrDefault("TERCET_FILES_URL", "http://127.0.0.1:8082")),
            secret == null ? data.resolve("service-secret") : Path.of(secret),
            data.resolve("pages")));
  }

  /// An empty variable is as good as none: Compose passes those on.
  private Optional<String> setting(String option, String variable) {
    String said = options.get(option);
    String value = said != null ? said : environment.get(variable);
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }

  private static int port(String what, String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException(what + " is a number from 0 to 65535, not " + text);
    }
    return Integer.parseInt(text);
  }

  private static Settings.Model model(String word) {
    return Arrays.stream(Settings.Model.values())
        .filter(model -> model.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("the model is epoll or virtual-threads, not " + word));
  }
}
