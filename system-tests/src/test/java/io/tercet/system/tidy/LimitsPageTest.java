package io.tercet.system.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `docs/limits.md` has a row for each number, size and duration that a service on Spring can be
/// set to, with its default, and no other rows.
///
/// A service declares its defaults in `application.yml`, in its `…Settings` records, or beside the
/// use: `"${tercet.x:1m}"`.
class LimitsPageTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\| `([^`|]*)` \\|");
  private static final String BOUND = "\\d+(?:ms|s|m|h|d|B|KB|MB|GB)?";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{TERCET_\\w+:([^${}]*)}");
  private static final Pattern PREFIX =
      Pattern.compile("@ConfigurationProperties\\(\"([\\w.-]+)\"\\)");
  private static final Pattern COMPONENT =
      Pattern.compile(
          "(?:@Name\\(\"([\\w-]+)\"\\)\\s+)?@DefaultValue\\(\"("
              + BOUND
              + ")\"\\)\\s+\\w+\\s+(\\w+)");
  private static final Pattern BESIDE_ITS_USE =
      Pattern.compile("\"\\$\\{(tercet\\.[\\w.-]+):(" + BOUND + ")}\"");

  private final Tree tree = Tree.read();

  @ParameterizedTest
  @ValueSource(strings = {"web-gateway", "chat-service", "file-service"})
  void hasARowWithTheDefaultOfEachLimit(String service) {
    assertThat(limits(service)).isNotEmpty();
    assertThat(rows(service)).containsExactlyInAnyOrderEntriesOf(limits(service));
  }

  private Map<String, String> rows(String service) {
    String page = tree.text(Path.of("docs/limits.md"));
    String section = page.substring(page.indexOf("\n## " + service + "\n") + 1);
    Map<String, String> rows = new TreeMap<>();
    ROW.matcher(section.split("\n## ", 2)[0])
        .results()
        .forEach(row -> assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1)).isNull());
    return rows;
  }

  private Map<String, String> limits(String service) {
    Map<String, String> limits = new TreeMap<>();
    tree.ending(".java")
        .filter(file -> file.startsWith(service + "/src/main"))
        .map(tree::text)
        .forEach(source -> addDeclared(source, limits));
    Path settings = Path.of(service, "src/main/resources/application.yml");
    try {
      addLeaves(new YAMLMapper().readTree(tree.text(settings)), "", limits);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return limits;
  }

  private static void addDeclared(String source, Map<String, String> limits) {
    BESIDE_ITS_USE.matcher(source).results().forEach(use -> limits.put(use.group(1), use.group(2)));
    var prefix = PREFIX.matcher(source);
    if (prefix.find()) {
      COMPONENT
          .matcher(source)
          .results()
          .forEach(component -> {
            String given = component.group(1);
            String name = given == null ? kebab(component.group(3)) : given;
            limits.put(prefix.group(1) + "." + name, component.group(2));
          });
    }
  }

  private static void addLeaves(JsonNode node, String key, Map<String, String> limits) {
    node.properties()
        .forEach(child ->
            addLeaves(
                child.getValue(),
                key.isEmpty() ? child.getKey() : key + "." + child.getKey(),
                limits));
    String value = VARIABLE.matcher(node.asText()).replaceAll("$1");
    // A port is a place and the status of an answer a name, not a limit.
    if (value.matches(BOUND) && !key.endsWith("port") && !key.contains("http-mapping")) {
      limits.put(key, value);
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
