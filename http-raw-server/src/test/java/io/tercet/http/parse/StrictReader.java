package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a stream of requests is by the grammar of RFC 9112: slow, whole, and written to be
/// obviously right.
///
/// It shares no line with the parser, which is compared with it. It sees all bytes at once, cuts
/// them at line ends and matches each line with one expression. Where the end of a line is missing
/// it does not guess: [End#UNFINISHED].
public final class StrictReader {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String PATH = "[-._~!$&'()*+,;=%:@/|^{}\"\\[\\]0-9A-Za-z]*";
  private static final String QUERY = "(?:\\?[-._~!$&'()*+,;=%:@/?|^{}\"\\[\\]\\\\`0-9A-Za-z]*)?";
  private static final String H16 = "[0-9A-Fa-f]{1,4}";
  private static final String DEC = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final String IPV4 = "(?:" + DEC + "\\.){3}" + DEC;
  private static final String LS32 = "(?:" + H16 + ":" + H16 + "|" + IPV4 + ")";
  private static final String REG_NAME = "(?:[-._~!$&'()*+;=0-9A-Za-z]|%[0-9A-Fa-f]{2})+";
  private static final String HOST = "(?:\\[" + ipv6() + "]|" + REG_NAME + ")";
  private static final String AUTHORITY = HOST + "(?::[0-9]{0,5})?";

  private static final Pattern LINE =
      Pattern.compile("(" + TOKEN + ") (\\S+) HTTP/([0-9])\\.([0-9])");
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):([\\t\\x20-\\x7e\\x80-\\xff]*)");
  private static final Pattern ORIGIN = Pattern.compile("/" + PATH + QUERY);
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i:http)://(" + AUTHORITY + ")((?:/" + PATH + ")?" + QUERY + ")");
  private static final Pattern CONNECT = Pattern.compile(HOST + ":[0-9]{1,5}");
  private static final Pattern HOST_FIELD = Pattern.compile(AUTHORITY);
  private static final Pattern CHUNK =
      Pattern.compile(
          "([0-9A-Fa-f]{1,15})"
              // A semicolon follows the size at once. Blanks stand between two words of the rest.
              + "(?:;B*NAME(?:B*=B*(?:NAME|\"(?:[\\t\\x20!\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\t\\x20-\\x7e])*\"))?"
                  .replace("NAME", TOKEN)
                  .replace("B", "[ \\t]")
              + "(?:[ \\t]*(?=;))?)*");

  private final String text;
  private final RequestLimits limits;
  private final List<Seen> requests = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private int at;

  /// How a stream ends.
  public enum End {
    /// With the last byte of a request.
    WHOLE,
    /// With a request after which nothing counts.
    CLOSED,
    /// With something that is no request.
    REFUSED,
    /// In the middle of a request that is right so far.
    INCOMPLETE,
    /// Before the end of a line: nobody says whether what is there is right.
    UNFINISHED
  }

  /// A request whose head is right.
  ///
  /// @param length of the body; -1 for chunks
  /// @param headEnd offset behind the head
  /// @param end offset behind the body; -1 if the body is not whole
  /// @param body decoded, once it is whole
  public record Seen(
      String method,
      String target,
      String host,
      boolean close,
      boolean expects,
      long length,
      int headEnd,
      int end,
      String body) {

    private Seen endingAt(int offset, String decoded) {
      return new Seen(method, target, host, close, expects, length, headEnd, offset, decoded);
    }
  }

  /// What is in a stream.
  public record Reading(List<Seen> requests, End end) {
    /// How many of the requests are whole, body included.
    public int whole() {
      return (int) requests.stream().filter(seen -> seen.end >= 0).count();
    }

    /// In the words of the corpus; what is refused is only `refused`.
    public List<String> events() {
      List<String> events = new ArrayList<>();
      for (Seen seen : requests) {
        String framing = seen.length < 0 ? " chunked" : " length=" + seen.length;
        events.add(
            "head @%d %s %s host=%s %s%s"
                .formatted(
                    seen.headEnd,
                    seen.method,
                    seen.target,
                    seen.host,
                    seen.close ? "close" : "keep-alive",
                    seen.length == 0 ? "" : framing));
        if (seen.length != 0 && seen.end >= 0) {
          events.add("body @" + seen.end);
        }
      }
      switch (end) {
        case WHOLE, CLOSED -> {}
        case REFUSED -> events.add("refused");
        case INCOMPLETE, UNFINISHED -> events.add("incomplete");
      }
      return events;
    }
  }

  private StrictReader(byte[] bytes, RequestLimits limits) {
    this.text = new String(bytes, ISO_8859_1);
    this.limits = limits;
  }

  /// Reads a whole stream.
  public static Reading read(byte[] bytes, RequestLimits limits) {
    StrictReader reader = new StrictReader(bytes, limits);
    return new Reading(reader.requests, reader.all());
  }

  private End all() {
    while (at < text.length()) {
      End head = head();
      if (head != End.WHOLE) {
        return head;
      }
      Seen seen = requests.getLast();
      body.setLength(0);
      End content = seen.length < 0 ? chunks() : bytes(seen.length);
      if (content != End.WHOLE) {
        return content;
      }
      requests.set(requests.size() - 1, seen.endingAt(at, body.toString()));
      if (seen.close) {
        return End.CLOSED;
      }
    }
    return End.WHOLE;
  }

  /// WHOLE if a head was read and stands last in the list.
  private End head() {
    int start = text.startsWith("\r\n", at) ? at + 2 : at;
    if (text.startsWith("\r\n", start)) {
      return End.REFUSED;
    }
    int end = text.indexOf("\r\n\r\n", start);
    if (end < 0) {
      return End.UNFINISHED;
    }
    String[] lines = text.substring(start, end).split("\r\n", -1);
    at = end + 4;
    Matcher line = LINE.matcher(lines[0]);
    boolean fits =
        lines[0].length() <= limits.requestLineBytesMax()
            && lines.length - 1 <= limits.headerCountMax()
            && at - start - lines[0].length() - 2 <= limits.headerBytesMax();
    if (!fits || !line.matches() || !line.group(3).equals("1")) {
      return End.REFUSED;
    }
    List<String[]> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      Matcher field = FIELD.matcher(lines[i]);
      if (!field.matches()) {
        return End.REFUSED;
      }
      fields.add(new String[] {field.group(1), trimmed(field.group(2))});
    }
    return meaning(line.group(1), line.group(2), line.group(4).equals("0"), fields);
  }

  private End meaning(String method, String sent, boolean old, List<String[]> fields) {
    List<String> hosts = values(fields, "host");
    boolean hostsFit =
        hosts.size() <= 1
            && (old || hosts.size() == 1)
            && hosts.stream().allMatch(host -> HOST_FIELD.matcher(host).matches());
    List<String> lengths = values(fields, "content-length");
    List<String> codings = values(fields, "transfer-encoding");
    boolean chunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
    boolean framingFits =
        codings.isEmpty()
            ? lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.getFirst()))
            : chunked && lengths.isEmpty() && !old;
    String expect = String.join(", ", values(fields, "expect"));
    boolean expects = expect.equalsIgnoreCase("100-continue");
    boolean expectFits = values(fields, "expect").isEmpty() || expects;
    String target = target(method, sent);
    if (!hostsFit || !framingFits || !expectFits || target == null) {
      return End.REFUSED;
    }
    Matcher absolute = ABSOLUTE.matcher(sent);
    String host = hosts.isEmpty() ? "" : hosts.getFirst();
    if (method.equals("CONNECT")) {
      host = sent;
    } else if (absolute.matches()) {
      String named = absolute.group(1);
      if (!hosts.isEmpty() && !canonical(named).equals(canonical(host))) {
        return End.REFUSED;
      }
      host = named;
    }
    long length = chunked ? -1 : lengths.isEmpty() ? 0 : Long.parseLong(lengths.getFirst());
    requests.add(
        new Seen(method, target, host, closes(fields, old), expects && !old, length, at, -1, ""));
    return End.WHOLE;
  }

  private static String canonical(String host) {
    return host.toLowerCase().replaceFirst(":(80)?$", "").replaceFirst("[.](:[0-9]+)?$", "$1");
  }

  private static String target(String method, String sent) {
    if (method.equals("CONNECT")) {
      return CONNECT.matcher(sent).matches() ? "" : null;
    }
    if (ORIGIN.matcher(sent).matches() || (sent.equals("*") && method.equals("OPTIONS"))) {
      return withoutEmptyQuery(sent);
    }
    Matcher absolute = ABSOLUTE.matcher(sent);
    if (!absolute.matches()) {
      return null;
    }
    String path = absolute.group(2);
    return withoutEmptyQuery(path.startsWith("/") ? path : "/" + path);
  }

  /// As the corpus writes it: a question mark with nothing behind it is not shown.
  private static String withoutEmptyQuery(String target) {
    return target.indexOf('?') == target.length() - 1
        ? target.substring(0, target.length() - 1)
        : target;
  }

  private boolean isLength(String value) {
    return value.matches("[0-9]{1,18}") && Long.parseLong(value) <= limits.bodyBytesMax();
  }

  private static boolean closes(List<String[]> fields, boolean old) {
    List<String> options =
        List.of(String.join(",", values(fields, "connection")).toLowerCase().split(",")).stream()
            .map(StrictReader::trimmed)
            .toList();
    return options.contains("close") || (old && !options.contains("keep-alive"));
  }

  private End bytes(long length) {
    if (text.length() - at < length) {
      return End.INCOMPLETE;
    }
    body.append(text, at, at + (int) length);
    at += (int) length;
    return End.WHOLE;
  }

  private End chunks() {
    long total = 0;
    while (true) {
      int end = text.indexOf("\r\n", at);
      if (end < 0) {
        return End.UNFINISHED;
      }
      Matcher line = CHUNK.matcher(text.substring(at, end));
      if (!line.matches() || end - at > limits.chunkLineBytesMax()) {
        return End.REFUSED;
      }
      at = end + 2;
      long size = Long.parseLong(line.group(1), 16);
      total += size;
      if (total > limits.bodyBytesMax()) {
        return End.REFUSED;
      }
      if (size == 0) {
        return trailers();
      }
      if (text.length() < at + size + 2) {
        String behind = text.substring((int) Math.min(at + size, text.length()));
        return "\r\n".startsWith(behind) ? End.INCOMPLETE : End.REFUSED;
      }
      body.append(text, at, at + (int) size);
      at += (int) size;
      if (!text.startsWith("\r\n", at)) {
        return End.REFUSED;
      }
      at += 2;
    }
  }

  private End trailers() {
    int start = at;
    for (int count = 0; ; count++) {
      int end = text.indexOf("\r\n", at);
      if (end < 0) {
        return End.UNFINISHED;
      }
      String line = text.substring(at, end);
      at = end + 2;
      if (at - start > limits.headerBytesMax() || count > limits.headerCountMax()) {
        return End.REFUSED;
      }
      if (line.isEmpty()) {
        return End.WHOLE;
      }
      if (!FIELD.matcher(line).matches()) {
        return End.REFUSED;
      }
    }
  }

  private static List<String> values(List<String[]> fields, String name) {
    return fields.stream()
        .filter(field -> field[0].equalsIgnoreCase(name))
        .map(field -> field[1])
        .toList();
  }

  private static String trimmed(String value) {
    return value.replaceAll("^[ \t]+|[ \t]+$", "");
  }

  /// IPv6address of RFC 3986, alternative by alternative.
  private static String ipv6() {
    List<String> forms = new ArrayList<>();
    String group = H16 + ":";
    forms.add("(?:" + group + "){6}" + LS32);
    forms.add("::(?:" + group + "){5}" + LS32);
    for (int left = 0; left <= 4; left++) {
      String before =
          left == 0 ? "(?:" + H16 + ")?" : "(?:(?:" + group + "){0," + left + "}" + H16 + ")?";
      forms.add(before + "::(?:" + group + "){" + (4 - left) + "}" + LS32);
    }
    forms.add("(?:(?:" + group + "){0,5}" + H16 + ")?::" + H16);
    forms.add("(?:(?:" + group + "){0,6}" + H16 + ")?::");
    return "(?:" + String.join("|", forms) + ")";
  }
}
