package io.tercet.system.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tree keeps its promises to a reader. Each failure lists every file at fault.
class TidyTest {

  private static final long FILE_BYTES_MAX = 1_000_000;

  private static final Pattern LEFTOVER =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|^(<{7}|>{7})( |$)", Pattern.MULTILINE);

  private static final Pattern PACKAGE_REGISTRY =
      Pattern.compile(
          "https?://[^/\\s\"']*(registry|artifactory|nexus|jfrog|mirror|repo1?\\.maven)[^\\s\"']*");

  /// Words behind which the one who acts hides: say who does what instead.
  private static final Pattern HIDDEN_SUBJECT =
      Pattern.compile(
          "(?i)\\b(whoever|nobody's place|whom it|what cannot be|not taken for|as good as"
              + " none)\\b");

  private final Tree tree = Tree.read();

  @Test
  void everyJavaPackageSaysWhatLivesThere() {
    assertThat(packages(tree.ending(".java")))
        .isNotEmpty()
        .isEqualTo(packages(tree.ending("package-info.java")));
  }

  /// A package of a module is one, whether its files are in `main` or in `test`.
  private static TreeSet<String> packages(Stream<Path> files) {
    return files
        .filter(file -> !file.endsWith("module-info.java"))
        .map(file -> file.getParent().toString().replace("/src/test/", "/src/main/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyMarkdownPageHasOneTitle() {
    assertThat(tree.ending(".md"))
        .isNotEmpty()
        .filteredOn(page -> Markdown.read(tree.lines(page)).titles().size() != 1)
        .isEmpty();
  }

  @Test
  void noRelativeLinkIsDead() {
    assertThat(tree.ending(".md").flatMap(this::deadLinks)).isEmpty();
  }

  private Stream<String> deadLinks(Path page) {
    return Markdown.read(tree.lines(page)).relativeLinks().stream()
        .filter(link -> !tree.exists(page.resolveSibling(link).normalize()))
        .map(link -> page + " → " + link);
  }

  @Test
  void nothingIsLeftOver() {
    assertThat(found(LEFTOVER, tree.texts().filter(file -> !file.startsWith("config")))).isEmpty();
  }

  @Test
  void noPageHidesWhoActs() {
    assertThat(found(HIDDEN_SUBJECT, tree.ending(".md"))).isEmpty();
  }

  @Test
  void noLineEndsInBlanks() {
    Pattern blanks = Pattern.compile("[ \t\r]$", Pattern.MULTILINE);

    assertThat(found(blanks, tree.texts().filter(file -> !isTestData(file)))).isEmpty();
  }

  /// A corpus may have to hold what nobody should write.
  private static boolean isTestData(Path file) {
    return file.toString().contains("src/test/resources/");
  }

  @Test
  void noFileNamesAPackageRegistry() {
    assertThat(found(PACKAGE_REGISTRY, tree.texts())).isEmpty();
  }

  private List<String> found(Pattern pattern, Stream<Path> files) {
    return files
        .flatMap(file ->
            pattern.matcher(tree.text(file)).results().map(match -> file + ": " + match.group()))
        .distinct()
        .toList();
  }

  @Test
  void noFileIsLargerThanAMegabyte() {
    assertThat(tree.files()).filteredOn(file -> tree.size(file) > FILE_BYTES_MAX).isEmpty();
  }

  @Test
  void decisionsAreNumberedWithoutGaps() {
    List<String> numbers = decisions().map(page -> fileName(page).substring(0, 4)).toList();

    assertThat(numbers)
        .isNotEmpty()
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, numbers.size()).mapToObj("%04d"::formatted).toList());
  }

  @Test
  void everyDecisionHasItsHeader() {
    assertThat(decisions())
        .allSatisfy(page ->
            assertThat(tree.text(page))
                .startsWith("# " + fileName(page).substring(0, 4) + ". ")
                .containsPattern("(?m)^- Date: \\d{4}-\\d{2}-\\d{2}$")
                .containsPattern("(?m)^- Status: (proposed|accepted|superseded by \\[?\\d{4})")
                .containsSubsequence("## Context", "## Decision", "## Consequences"));
  }

  @Test
  void theIndexOfDecisionsNamesEachOne() {
    String index = tree.text(Path.of("docs/adr/README.md"));

    assertThat(decisions()).allSatisfy(page -> assertThat(index).contains(fileName(page)));
  }

  private Stream<Path> decisions() {
    return tree.ending(".md")
        .filter(page -> page.startsWith("docs/adr") && !page.endsWith("README.md"));
  }

  private static String fileName(Path page) {
    return page.getFileName().toString();
  }
}
