package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The cases in src/test/resources/http: what README.md there says.
public final class Corpus {
  private static final Pattern CASE =
      Pattern.compile(
          "## (?<title>[^\n]+)\n\n```request\n(?<request>.*?)```\n\n```events\n(?<events>.*?)```",
          Pattern.DOTALL);

  private static final Pattern REPEATED = Pattern.compile("\\\\\\{(\\d+)\\*([^}]*)}");

  private Corpus() {}

  /// A stream of bytes, and what a strict reader sees in it.
  public record Case(String name, byte[] bytes, List<String> events) {
    /// How many requests are whole, their bodies included: so many are answered before anything is
    /// refused.
    public int wholeRequests() {
      int whole = 0;
      for (String event : events) {
        boolean head = event.startsWith("head ");
        boolean hasBody = event.endsWith(" chunked") || event.contains(" length=");
        whole += (head && !hasBody) || event.startsWith("body ") ? 1 : 0;
      }
      return whole;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// All cases of all files.
  public static List<Case> all() {
    try {
      List<Path> files = new ArrayList<>();
      Path folder = Path.of(Corpus.class.getResource("/http").getPath());
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.md")) {
        found.forEach(files::add);
      }
      files.sort(Comparator.naturalOrder());
      List<Case> cases = new ArrayList<>();
      for (Path file : files) {
        if (!file.endsWith("README.md")) {
          read(file, cases);
        }
      }
      return cases;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The streams that a fuzzer begins with: those that are short enough to be changed with effect.
  public static List<byte[]> seeds() {
    return all().stream().map(Case::bytes).filter(bytes -> bytes.length < 1_000).toList();
  }

  /// Writes the seeds into the folder that is named, one a file, for `bin/fuzz`.
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int number = 0;
    for (byte[] seed : seeds()) {
      Files.write(folder.resolve("corpus-" + number++), seed);
    }
  }

  private static void read(Path file, List<Case> cases) throws IOException {
    String text = Files.readString(file, UTF_8);
    Matcher matcher = CASE.matcher(text);
    int before = cases.size();
    while (matcher.find()) {
      String name = file.getFileName() + ": " + matcher.group("title");
      List<String> events = matcher.group("events").lines().map(Corpus::repeated).toList();
      cases.add(new Case(name, bytes(matcher.group("request")), events));
    }
    long headings = text.lines().filter(line -> line.startsWith("## ")).count();
    if (cases.size() - before != headings) {
      throw new IllegalStateException(file + " has " + headings + " headings, not all are cases");
    }
  }

  private static byte[] bytes(String block) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : block.split("\n", -1)) {
      // The block ends in a line feed, behind which there is no line.
      bytes.writeBytes(octets(line));
    }
    byte[] all = bytes.toByteArray();
    return Arrays.copyOf(all, Math.max(0, all.length - 2));
  }

  /// The line with `\{3*text}` written out; the text may have the other escapes.
  private static String repeated(String line) {
    return REPEATED
        .matcher(line)
        .replaceAll(match -> {
          String text = new String(octets(match.group(2) + "\\"), ISO_8859_1);
          return Matcher.quoteReplacement(text.repeat(Integer.parseInt(match.group(1))));
        });
  }

  private static byte[] octets(String line) {
    boolean joined = line.endsWith("\\") && !line.endsWith("\\\\");
    String rest = joined ? line.substring(0, line.length() - 1) : line;
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      if (c != '\\') {
        octets.write(c);
        continue;
      }
      i++;
      switch (rest.charAt(i)) {
        case 'r' -> octets.write('\r');
        case 'n' -> octets.write('\n');
        case 't' -> octets.write('\t');
        case '0' -> octets.write(0);
        case '\\' -> octets.write('\\');
        case '{' -> {
          int end = rest.indexOf('}', i);
          octets.writeBytes(repeated(rest.substring(i - 1, end + 1)).getBytes(ISO_8859_1));
          i = end;
        }
        case 'x' -> {
          octets.write(Integer.parseInt(rest.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException("an escape in " + line);
      }
    }
    if (!joined) {
      octets.writeBytes(new byte[] {'\r', '\n'});
    }
    return octets.toByteArray();
  }
}
