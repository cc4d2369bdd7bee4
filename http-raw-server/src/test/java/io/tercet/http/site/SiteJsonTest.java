package io.tercet.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the JSON of file-service comes to (RFC 8259).
class SiteJsonTest {
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @Test
  void readsAListingWhateverElseIsInIt() {
    FileService.Listing listing =
        SiteJson.listing(
            """
            \t{"more": -12, "revision": 9223372036854775807, "yes":true, "no" : false,
             "nothing":null, "list": [1, "two", [], {}], "object": {"a": {"b": 0.5}}, "": "",
             "sites": [{"site":"ada","since":["2026"],"version":3}, {"version":0,"site":"bob"}]}
            """);
    assertThat(listing.revision()).isEqualTo(Long.MAX_VALUE);
    assertThat(listing.sites())
        .containsExactly(new SiteVersion("ada", 3), new SiteVersion("bob", 0));
    assertThat(SiteJson.listing("{\"sites\":[],\"revision\":1}").sites()).isEmpty();
  }

  @Test
  void readsFilesWithEveryEscapeInTheirPaths() {
    String path = "a\\\"\\\\\\/\\u00e9\\u20AC\\ud83d\\ude00";
    assertThat(SiteJson.files(file(path, "7", SHA256)))
        .isEqualTo(List.of(new Manifest.File("a\"\\/\u00e9\u20ac\ud83d\ude00", 7, SHA256)));
  }

  @Test
  void nestsSoDeepAndNoDeeper() {
    for (String open : List.of("[", "{\"a\":")) {
      String close = open.equals("[") ? "]" : "}";
      int deepest = SiteJson.DEPTH_MAX - 1;
      assertThat(SiteJson.listing(beside(nested(open, close, deepest))).revision()).isOne();
      for (int depth : new int[] {deepest + 1, 1_000_000}) {
        String tooDeep = beside(nested(open, close, depth));
        assertThatThrownBy(() -> SiteJson.listing(tooDeep))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("nesting depth");
      }
    }
  }

  @Test
  void takesNoNameThatIsTooLong() {
    String longest = "n".repeat(SiteJson.NAME_CHARACTERS_MAX);
    String rest = "\":0,\"revision\":1,\"sites\":[]}";
    assertThat(SiteJson.listing("{\"" + longest + rest).revision()).isOne();
    assertThatThrownBy(() -> SiteJson.listing("{\"n" + longest + rest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Name length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "null",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\" 1}",
        "{a:1}",
        "{,}",
        "{}{}",
        "{} x",
        "{\"a\":[1}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[,1]}",
        "{\"a\":tru}",
        "{\"a\":True}",
        "{\"a\":nul}",
        "{\"a\":--1}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":\"}",
        "{\"a\":\"b\nc\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\",
        "{\"a\":'b'}",
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> SiteJson.listing(text)).isInstanceOf(IllegalArgumentException.class);
    if (text.startsWith("{\"a\":") && text.endsWith("}")) {
      // It is broken beside what is needed, too.
      String value = text.substring("{\"a\":".length(), text.length() - 1);
      assertThatThrownBy(() -> SiteJson.listing(beside(value)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesWhatStandsBehindTheJson() {
    assertThatThrownBy(() -> SiteJson.listing(beside("0") + "{}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SiteJson.listing(beside("0") + " x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.5", "1e3", "9223372036854775808", "\"1\"", "null", "true", "[1]", "{}"})
  void refusesWhatIsNoWholeNumber(String revision) {
    assertThatThrownBy(() -> SiteJson.listing("{\"sites\":[],\"revision\":" + revision + "}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SiteJson.files(file("a", revision, SHA256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "true", "\"a\"", "{}", "[1]", "[[]]", "[{}]", "[null]"})
  void refusesWhatIsNoListOfObjectsWithAllThatTheyNeed(String list) {
    assertThatThrownBy(() -> SiteJson.listing("{\"revision\":1,\"sites\":" + list + "}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SiteJson.files("{\"files\":" + list + "}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> SiteJson.listing("{}")).hasMessage("there is no revision");
    assertThatThrownBy(() -> SiteJson.listing("{\"revision\":1}")).hasMessage("there is no sites");
    assertThatThrownBy(() -> SiteJson.files("{\"files\":[{\"path\":\"a\",\"size\":1}]}"))
        .hasMessage("there is no sha256");
  }

  private static String file(String path, String size, String sha256) {
    return "{\"files\":[{\"path\":\"%s\",\"size\":%s,\"sha256\":\"%s\"}]}"
        .formatted(path, size, sha256);
  }

  /// A listing with another member before what is needed.
  private static String beside(String value) {
    return "{\"a\":" + value + ",\"revision\":1,\"sites\":[]}";
  }

  private static String nested(String open, String close, int depth) {
    return open.repeat(depth) + "0" + close.repeat(depth);
  }
}
