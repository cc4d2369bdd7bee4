package io.tercet.system.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/settings.md` tells the defaults that the services on Spring really have.
class SettingsPageTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(TERCET_\\w+)` \\| `([^`|]*)` \\|");
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{(TERCET_\\w+):([^${}]+)}");

  /// In a list as code; in a Compose file as a variable of the operator's.
  private static final Pattern USED = Pattern.compile("(?:`|\\$\\{)(TERCET_\\w+)");

  private final Tree tree = Tree.read();

  @Test
  void givesTheDefaultsOfTheServices() {
    Map<String, String> page =
        ROW.matcher(tree.text(Path.of("docs/settings.md")))
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

    assertThat(tree.ending("src/main/resources/application.yml")).hasSize(3);
    assertThat(
            tree.ending("src/main/resources/application.yml")
                .flatMap(file -> DEFAULT.matcher(tree.text(file)).results()))
        .isNotEmpty()
        .extracting(SettingsPageTest::line)
        .containsAnyOf("TERCET_CHAT_PORT 8081", "TERCET_LISTEN 127.0.0.1")
        .isSubsetOf(
            page.entrySet().stream().map(row -> row.getKey() + " " + row.getValue()).toList());
  }

  @Test
  void namesWhatComposePassesOn() {
    String page = tree.text(Path.of("docs/containers.md"));
    String list = page.substring(page.indexOf("Compose passes these on"));

    assertThat(names(list.substring(0, list.indexOf("<!--"))))
        .isNotEmpty()
        .isEqualTo(names(tree.text(Path.of("docker-compose.yml"))));
  }

  private static Set<String> names(String text) {
    return USED.matcher(text)
        .results()
        .map(name -> name.group(1))
        .filter(name -> !name.equals("TERCET_VERSION"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String line(MatchResult setting) {
    return setting.group(1) + " " + setting.group(2);
  }
}
