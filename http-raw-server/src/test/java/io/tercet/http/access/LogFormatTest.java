package io.tercet.http.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.connection.AccessLog.Entry;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Headers;
import io.tercet.http.message.IpAddress;
import io.tercet.http.message.Request;
import io.tercet.http.message.Status;
import io.tercet.http.message.Version;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Lines of the access log, byte for byte; whatever a client says, it is one line.
class LogFormatTest {
  private static final long MILLIS = Instant.parse("2026-11-24T21:24:16.007Z").toEpochMilli();
  private static final Endpoint CLIENT =
      new Endpoint(IpAddress.parse("192.0.2.1").orElseThrow(), 4711);

  static Stream<LogFormat> formats() {
    return Stream.of(LogFormat.combined(), LogFormat.json());
  }

  @Test
  void combinedIsWhatToolsKnow() {
    Request request = request("/a/b", "c=d", "Referer", "http://r/", "User-Agent", "curl/8");
    assertThat(line(LogFormat.combined(), request))
        .isEqualTo(
            "192.0.2.1 - - [24/Nov/2026:21:24:16 +0000] \"GET /a/b?c=d HTTP/1.1\" 200 5 "
                + "\"http://r/\" \"curl/8\"\n");
  }

  @Test
  void combinedHasDashesForWhatIsNotKnown() {
    assertThat(line(LogFormat.combined(), null))
        .isEqualTo("192.0.2.1 - - [24/Nov/2026:21:24:16 +0000] \"-\" 200 5 \"-\" \"-\"\n");
  }

  @Test
  void jsonHasAllMembers() {
    Request request =
        request("/a/b", "c=d", "User-Agent", "curl/8", "X-Request-Id", "5f0c2b7a91d34e68");
    assertThat(line(LogFormat.json(), request))
        .isEqualTo(
            "{\"time\":\"2026-11-24T21:24:16.007Z\",\"client\":\"192.0.2.1\",\"port\":4711,"
                + "\"method\":\"GET\",\"host\":\"h\",\"target\":\"/a/b?c=d\","
                + "\"version\":\"HTTP/1.1\",\"status\":200,\"bytes\":5,\"durationMicros\":73,"
                + "\"referer\":null,\"userAgent\":\"curl/8\","
                + "\"requestId\":\"5f0c2b7a91d34e68\"}\n");
  }

  @Test
  void jsonHasNullsForWhatIsNotKnown() {
    assertThat(line(LogFormat.json(), null))
        .contains("\"method\":null", "\"target\":null", "\"userAgent\":null", "\"requestId\":null");
  }

  @Test
  void theTargetOfConnectIsItsHostAndPort() {
    Request connect =
        new Request("CONNECT", "", "", "b.example:443", Version.HTTP_1_1, Headers.none());
    assertThat(line(LogFormat.combined(), connect)).contains("\"CONNECT b.example:443 HTTP/1.1\"");
    assertThat(line(LogFormat.json(), connect)).contains("\"target\":\"b.example:443\"");
  }

  @Test
  void quotesAndBytesAreEscaped() {
    Request request = request("/", "", "User-Agent", "a\"b\\c\td\u00e9\u007f");
    assertThat(line(LogFormat.combined(), request)).endsWith("\"a\\\"b\\\\c\\x09d\\xe9\\x7f\"\n");
    assertThat(line(LogFormat.json(), request))
        .endsWith("\"a\\\"b\\\\c\\u0009d\\u00e9\\u007f\",\"requestId\":null}\n");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void nothingEndsALineOrAQuotedField(LogFormat format) {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 256; c++) {
      all.append((char) c);
    }
    String harmless =
        line(format, request("/", "", "Referer", "r", "User-Agent", "u", "X-Request-Id", "i"));
    Request hostile =
        request(
            "/" + all,
            all.toString(),
            "Referer",
            "" + all,
            "User-Agent",
            "" + all,
            "X-Request-Id",
            "" + all);
    String line = line(format, hostile);
    assertThat(line.chars().filter(c -> c < ' ' || c >= 0x7f)).containsExactly((int) '\n');
    assertThat(unescapedQuotes(line)).isEqualTo(unescapedQuotes(harmless));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aSecondIsFormattedOnceAndTheNextAnew(LogFormat format) {
    LineBuffer text = new LineBuffer();
    for (long millis = MILLIS; millis < MILLIS + 3_000; millis += 500) {
      format.append(new Entry(CLIENT, null, Status.OK, 5, 0, 0), millis, text);
    }
    assertThat(string(text).lines().map(line -> line.replaceAll(".*21:24:(\\d\\d).*", "$1")))
        .containsExactly("16", "16", "17", "17", "18", "18");
  }

  private static long unescapedQuotes(String line) {
    return line.replace("\\\\", "").replace("\\\"", "").chars().filter(c -> c == '"').count();
  }

  private static Request request(String path, String query, String... fields) {
    return new Request("GET", path, query, "h", Version.HTTP_1_1, Headers.of(fields));
  }

  private static String line(LogFormat format, Request request) {
    LineBuffer text = new LineBuffer();
    format.append(new Entry(CLIENT, request, Status.OK, 5, 0, 73_999), MILLIS, text);
    return string(text);
  }

  private static String string(LineBuffer text) {
    byte[] bytes = new byte[text.length()];
    text.bytes().get(bytes);
    assertThat(new String(bytes, US_ASCII)).isEqualTo(new String(bytes, ISO_8859_1));
    return new String(bytes, US_ASCII);
  }
}
