package io.tercet.system.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Answer;
import io.tercet.system.client.Caller;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a browser downloads is compressed, from the build through http-raw-server and the gateway.
/// What is private is not.
@DrivesTheStack
class CompressedPageTest {

  private static final String CODINGS = "gzip, deflate, br, zstd";

  private final Stack stack;
  private final Caller browser;

  CompressedPageTest(Stack stack) {
    this.stack = stack;
    this.browser = Caller.stranger(stack);
  }

  @ParameterizedTest
  @ValueSource(strings = {"js", "css"})
  void isSentAsBrotliToABrowser(String kind) {
    String path = asset(kind);

    Answer coded = browser.with("Accept-Encoding", CODINGS).get(path).expect(200);
    Answer plain = browser.get(path).expect(200);

    assertThat(coded.header("Content-Encoding")).isEqualTo("br");
    assertThat(coded.header("Vary")).contains("Accept-Encoding");
    assertThat(coded.body().length).isLessThan(plain.body().length * 2 / 3);
    assertThat(coded.header("Content-Length")).isEqualTo("" + coded.body().length);
    assertThat(coded.header("Content-Type")).isEqualTo(plain.header("Content-Type"));
    assertThat(coded.header("ETag")).isNotEmpty().isNotEqualTo(plain.header("ETag"));
  }

  @Test
  void isSentAsGzipToWhoKnowsNoBrotli() throws IOException {
    String path = asset("js");

    Answer coded = browser.with("Accept-Encoding", "gzip").get(path).expect(200);

    assertThat(coded.header("Content-Encoding")).isEqualTo("gzip");
    try (var decoded = new GZIPInputStream(new ByteArrayInputStream(coded.body()))) {
      assertThat(decoded.readAllBytes()).isEqualTo(browser.get(path).body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "br;q=0, gzip;q=0", "unknown"})
  void isSentAsItIsToWhoAcceptsNoCoding(String codings) {
    Answer plain = browser.with("Accept-Encoding", codings).get(asset("js")).expect(200);

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(plain.header("Vary")).contains("Accept-Encoding");
  }

  @Test
  void isReadInPartsOfTheCodedForm() {
    Answer part =
        browser
            .with("Accept-Encoding", "br")
            .with("Range", "bytes=0-99")
            .get(asset("js"))
            .expect(206);

    assertThat(part.header("Content-Encoding")).isEqualTo("br");
    assertThat(part.body()).hasSize(100);
  }

  /// Somebody who reads lengths off the wire and chooses a part of an answer could guess the rest.
  @ParameterizedTest
  @ValueSource(strings = {"/api/rooms", "/api/files/people/me/", "/api/session"})
  void isNoAnswerThatIsPrivate(String path) {
    Person ada = Person.guest(stack, "ada");

    Answer answer = ada.browser().with("Accept-Encoding", CODINGS).get(path).expect(200);

    assertThat(answer.header("Content-Encoding")).isEmpty();
  }

  private String asset(String kind) {
    var link =
        Pattern.compile("\"(/assets/[^\"]+\\." + kind + ")\"").matcher(browser.get("/").text());
    assertThat(link.find()).as("a link to a file of kind " + kind).isTrue();
    return link.group(1);
  }
}
