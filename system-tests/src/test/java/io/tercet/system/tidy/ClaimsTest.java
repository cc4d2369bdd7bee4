package io.tercet.system.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the pages claim is held by something that exists: a test, a task or a script. A renamed
/// test, class or plot turns this red and not the page wrong.
class ClaimsTest {

  private static final Path MAP = Path.of("docs/network-concurrency.md");
  private static final Pattern EMPHASIS = Pattern.compile("\\*([^*]+)\\*");

  private final Tree tree = Tree.read();

  @Test
  void everyHolderOfAClaimExists() {
    assertThat(tree.ending(".md").flatMap(page -> page(page).heldBy().stream())).isNotEmpty();
    assertThat(
            tree.ending(".md")
                .flatMap(page ->
                    page(page).heldBy().stream().filter(name -> !exists(name)).map(at(page))))
        .isEmpty();
  }

  private boolean exists(String holder) {
    if (holder.startsWith("make ")) {
      return tree.lines(Path.of("Makefile")).stream()
          .anyMatch(line -> line.startsWith(holder.substring("make ".length()) + ":"));
    }
    if (holder.matches("[A-Z]\\w+(\\.\\w+)?")) {
      String[] names = holder.split("\\.");
      return tree.ending("/" + names[0] + ".java")
          .filter(file -> file.toString().contains("src/test/java"))
          .anyMatch(file -> names.length == 1 || declares(file, names[1]));
    }
    return tree.exists(Path.of(holder)) || tree.ending("/" + holder).findAny().isPresent();
  }

  private boolean declares(Path file, String method) {
    return Pattern.compile("\\b" + method + "\\(").matcher(tree.text(file)).find();
  }

  @Test
  void everyLabelLeadsSomewhere() {
    assertThat(tree.ending(".md"))
        .allSatisfy(page ->
            assertThat(page(page).definitions().keySet())
                .as(page.toString())
                .containsExactlyInAnyOrderElementsOf(
                    page(page).labels().stream().distinct().toList()));
  }

  @Test
  void aLabelOfJavaCodeIsTheNameOfItsClassOrMethod() {
    assertThat(
            tree.ending(".md")
                .flatMap(page ->
                    page(page).definitions().entrySet().stream()
                        .filter(link -> link.getValue().endsWith(".java"))
                        .filter(link -> !names(link.getKey(), page.resolveSibling(link.getValue())))
                        .map(link -> link.getKey())
                        .map(at(page))))
        .isEmpty();
  }

  private boolean names(String label, Path file) {
    String[] names = label.split("\\.");
    return file.endsWith(names[0] + ".java")
        && (names.length == 1 || declares(file.normalize(), names[1]));
  }

  @Test
  void everyPlotOfTheMapIsInTheReport() {
    List<String> sources =
        tree.ending(".java")
            .filter(file -> file.toString().matches(".*lab/.*src/main/.*|.*src/main/.*/lab/.*"))
            .map(tree::text)
            .toList();
    List<String> plots =
        tree.lines(MAP).stream()
            .filter(line -> line.contains("report, "))
            .flatMap(line ->
                EMPHASIS
                    .matcher(line.substring(line.indexOf("report, ")))
                    .results()
                    .map(plot -> plot.group(1)))
            .toList();

    assertThat(plots).isNotEmpty();
    assertThat(plots)
        .allSatisfy(plot -> assertThat(sources).anyMatch(source -> source.contains(plot)));
  }

  private Markdown page(Path file) {
    return Markdown.read(tree.lines(file));
  }

  private static UnaryOperator<String> at(Path page) {
    return name -> page + " → " + name;
  }
}
