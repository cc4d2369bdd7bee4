package io.tercet.system.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A Markdown page as far as its titles and links go; what stands in a fence or in code is neither.
///
/// @param titles the first-level headings
/// @param links the targets of `[text](target)` and `![text](target)`, without a fragment
record Markdown(List<String> titles, List<String> links) {

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  static Markdown read(List<String> lines) {
    List<String> titles = new ArrayList<>();
    List<String> links = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines) {
      if (line.stripLeading().startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced) {
        if (line.startsWith("# ")) {
          titles.add(line.substring(2));
        }
        LINK.matcher(CODE.matcher(line).replaceAll("code"))
            .results()
            .map(Markdown::target)
            .forEach(links::add);
      }
    }
    return new Markdown(titles, links);
  }

  private static String target(MatchResult link) {
    return link.group(1).replaceFirst("#.*", "");
  }

  /// The links into the same repository.
  List<String> relativeLinks() {
    return links.stream()
        .filter(link -> !link.isEmpty() && !link.matches("[a-z][a-z0-9+.-]*:.*"))
        .toList();
  }
}
