package io.tercet.system.tidy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Markdown page: its titles, its links, and the tests that hold what it claims. Fenced blocks
/// and code spans count for none of these.
///
/// @param titles the first-level headings
/// @param links the targets of `[text](target)` and `![text](target)`, without a fragment
/// @param labels the labels used by `[label][]` and `[text][label]`
/// @param definitions the targets of `[label]: target`, by label
/// @param heldBy what `<!-- held by: A, B -->` and the cells below a last column *held by* name
record Markdown(
    List<String> titles,
    List<String> links,
    List<String> labels,
    Map<String, String> definitions,
    List<String> heldBy) {

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
  private static final Pattern REFERENCE = Pattern.compile("\\[([^\\]]+)]\\[([^\\]]*)]");
  private static final Pattern DEFINITION = Pattern.compile("^\\[([^\\]]+)]:\\s*(\\S+)$");
  private static final Pattern HELD_BY = Pattern.compile("<!-- held by:(.*?)(?:-->|$)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  static Markdown read(List<String> lines) {
    Markdown page =
        new Markdown(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new ArrayList<>());
    boolean fenced = false;
    boolean heldByColumn = false;
    for (String line : lines) {
      if (line.stripLeading().startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced) {
        String cell = lastCell(line);
        heldByColumn = cell.equals("held by") || (heldByColumn && line.startsWith("|"));
        page.add(line, heldByColumn && cell.matches(".*[A-Za-z].*") ? cell : "");
      }
    }
    page.heldBy.removeIf(name -> name.isEmpty() || name.equals("held by"));
    return page;
  }

  private void add(String line, String holders) {
    if (line.startsWith("# ")) {
      titles.add(line.substring(2));
    }
    HELD_BY.matcher(line).results().forEach(comment -> addHolders(comment.group(1)));
    addHolders(holders);
    String text = CODE.matcher(line).replaceAll("code");
    DEFINITION
        .matcher(text)
        .results()
        .forEach(link -> definitions.put(link.group(1), target(2, link)));
    LINK.matcher(text).results().map(link -> target(1, link)).forEach(links::add);
    REFERENCE
        .matcher(text)
        .results()
        .map(link -> link.group(link.group(2).isEmpty() ? 1 : 2))
        .forEach(labels::add);
  }

  private void addHolders(String names) {
    Stream.of(names.split(",")).map(name -> name.replace("`", "").strip()).forEach(heldBy::add);
  }

  private static String lastCell(String line) {
    String[] cells = line.startsWith("|") ? line.split("\\|") : new String[] {""};
    return cells.length == 0 ? "" : cells[cells.length - 1].strip();
  }

  private static String target(int group, MatchResult link) {
    return link.group(group).replaceFirst("#.*", "");
  }

  /// The links into the same repository.
  List<String> relativeLinks() {
    return Stream.concat(links.stream(), definitions.values().stream())
        .filter(link -> !link.isEmpty() && !link.matches("[a-z][a-z0-9+.-]*:.*"))
        .toList();
  }
}
