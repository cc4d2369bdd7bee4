package io.tercet.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What JSON comes to (RFC 8259).
class JsonTest {
  private static final int DEPTH_MAX = 16;

  @Test
  void readsValuesOfEveryKind() {
    Map<String, Object> read =
        Json.object(
            """
            \t{"text": "a", "number": -12, "most": 9223372036854775807, "yes":true, "no" : false,
             "nothing":null, "list": [1, "two", [], {}], "object": {"a": {"b": 0}}, "": ""}
            """);
    assertThat(read)
        .containsOnlyKeys("text", "number", "most", "yes", "no", "nothing", "list", "object", "")
        .containsEntry("text", "a")
        .containsEntry("number", -12L)
        .containsEntry("most", Long.MAX_VALUE)
        .containsEntry("yes", true)
        .containsEntry("no", false)
        .containsEntry("nothing", null)
        .containsEntry("list", List.of(1L, "two", List.of(), Map.of()))
        .containsEntry("object", Map.of("a", Map.of("b", 0L)));
    assertThat(Json.object("{}")).isEmpty();
  }

  @Test
  void readsEveryEscape() {
    String escaped = "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\ude00\"}";
    assertThat(Json.object(escaped)).containsEntry("a", "\"\\/\b\f\n\r\t\u00e9\u20ac\ud83d\ude00");
  }

  @Test
  void nestsSoDeepAndNoDeeper() {
    assertThat(Json.object(nested("[", "]", DEPTH_MAX))).containsKey("a");
    assertThatThrownBy(() -> Json.object(nested("[", "]", DEPTH_MAX + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON at 20: wanted less nesting");
    assertThat(Json.object(nested("{\"a\":", "}", DEPTH_MAX))).containsKey("a");
    assertThatThrownBy(() -> Json.object(nested("{\"a\":", "}", DEPTH_MAX + 1)))
        .hasMessageContaining("less nesting");
    assertThatThrownBy(() -> Json.object(nested("[", "]", 1_000_000)))
        .hasMessageContaining("less nesting");
  }

  @Test
  void countsTheDepthAndNotTheNumberOfObjects() {
    String many = "[" + "{},[],".repeat(100) + "0]";
    assertThat(Json.elements(Json.object("{\"a\":" + many + "}").get("a"))).hasSize(201);
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
        "{\"a\":1.5}",
        "{\"a\":1e3}",
        "{\"a\":--1}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":9223372036854775808}",
        "{\"a\":\"}",
        "{\"a\":\"b\nc\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\",
        "{\"a\":'b'}",
      })
  void saysWhereSomethingElseStands(String text) {
    assertThatThrownBy(() -> Json.object(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("JSON at [0-9]+: wanted [a-z:}\\] ]+");
  }

  @Test
  void saysWhatAValueIsThatShouldBeAnother() {
    Map<String, Object> read = Json.object("{\"text\":\"a\",\"list\":[],\"object\":{}}");
    assertThat(Json.text(read.get("text"))).isEqualTo("a");
    assertThat(Json.elements(read.get("list"))).isEmpty();
    assertThat(Json.members(read.get("object"))).isEmpty();
    assertThatThrownBy(() -> Json.number(read.get("text")))
        .hasMessage("not a whole number: String");
    assertThatThrownBy(() -> Json.text(read.get("absent")))
        .hasMessage("not a text: null or absent");
    for (Object none : Arrays.asList(null, "a", 1L, true)) {
      assertThatThrownBy(() -> Json.elements(none)).hasMessageStartingWith("not an array: ");
      assertThatThrownBy(() -> Json.members(none)).hasMessageStartingWith("not an object: ");
    }
  }

  /// An object that has so much nested in it, itself included.
  private static String nested(String open, String close, int depth) {
    return "{\"a\":" + open.repeat(depth - 1) + "0" + close.repeat(depth - 1) + "}";
  }
}
