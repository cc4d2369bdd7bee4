package io.tercet.system.desync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The request corpus of http-raw-server, as far as this side needs it: the bytes of each case, and
/// the requests that a strict reader sees in them.
///
/// Its form is told in http-raw-server/src/test/resources/http/README.md.
final class Corpus {

  private static final Pattern CASE =
      Pattern.compile("## ([^\n]+)\n\n```request\n(.*?)```\n\n```events\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([rnt0\\\\])|x([0-9a-f]{2})|\\{(\\d+)\\*([^}]*)})");
  private static final Pattern HEAD = Pattern.compile("head @\\d+ (\\S+) (\\S*) host=.*");

  private Corpus() {}

  /// How a case ends for a strict reader.
  enum End {
    /// Another request may follow.
    OPEN,
    /// The last request said that it is the last.
    CLOSED,
    REFUSED,
    INCOMPLETE
  }

  /// @param requests the heads that a strict reader takes, as `GET /path`, in order
  record Case(String name, String stream, List<String> requests, End end) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> read(Path root) {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> pages = Files.list(root.resolve("http-raw-server/src/test/resources/http"))) {
      for (Path page : pages.filter(page -> !page.endsWith("README.md")).sorted().toList()) {
        Matcher each = CASE.matcher(Files.readString(page, UTF_8));
        while (each.find()) {
          String name = page.getFileName() + ": " + each.group(1);
          cases.add(of(name, stream(each.group(2)), each.group(3).lines().toList()));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return cases;
  }

  private static Case of(String name, String stream, List<String> events) {
    List<String> requests = new ArrayList<>();
    End end = End.OPEN;
    for (String event : events) {
      Matcher head = HEAD.matcher(unescaped(event));
      if (head.matches()) {
        requests.add(head.group(1) + " " + head.group(2));
      }
    }
    String last = events.getLast();
    if (last.startsWith("refused ")) {
      end = End.REFUSED;
    } else if (last.equals("incomplete")) {
      end = End.INCOMPLETE;
    } else if (events.stream().anyMatch(event -> event.matches("head .* close( .*)?"))) {
      end = End.CLOSED;
    }
    return new Case(name, stream, List.copyOf(requests), end);
  }

  private static String stream(String block) {
    StringBuilder stream = new StringBuilder();
    for (String line : block.split("\n", -1)) {
      boolean joined = line.endsWith("\\") && !line.endsWith("\\\\");
      stream.append(unescaped(joined ? line.substring(0, line.length() - 1) : line));
      stream.append(joined ? "" : "\r\n");
    }
    return stream.substring(0, stream.length() - 2);
  }

  private static String unescaped(String line) {
    return ESCAPE.matcher(line).replaceAll(escape -> Matcher.quoteReplacement(meaning(escape)));
  }

  private static String meaning(MatchResult escape) {
    if (escape.group(3) != null) {
      return unescaped(escape.group(4)).repeat(Integer.parseInt(escape.group(3)));
    }
    if (escape.group(2) != null) {
      byte[] octet = {(byte) Integer.parseInt(escape.group(2), 16)};
      return new String(octet, ISO_8859_1);
    }
    return switch (escape.group(1)) {
      case "r" -> "\r";
      case "n" -> "\n";
      case "t" -> "\t";
      case "0" -> "\0";
      default -> "\\";
    };
  }
}
