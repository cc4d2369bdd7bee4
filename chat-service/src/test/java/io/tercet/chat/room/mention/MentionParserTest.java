package io.tercet.chat.room.mention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.people.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MentionParserTest {

  private static final Path EXAMPLES = Path.of("..", "contracts", "mentions.json");

  @ParameterizedTest
  @MethodSource("examples")
  void findsWhomTheContractSays(JsonNode example) {
    List<String> members = strings(example.get("members"));
    Map<String, String> byKey =
        members.stream()
            .collect(Collectors.toMap(name -> Name.ofPerson(name).key(), Function.identity()));

    Set<String> called = new LinkedHashSet<>();
    for (List<String> names : MentionParser.parse(example.get("text").stringValue())) {
      names.stream()
          .filter(key -> key.equals("room") || key.equals("here") || byKey.containsKey(key))
          .findFirst()
          .ifPresent(called::add);
    }

    assertThat(called.remove("room")).isEqualTo(example.has("room"));
    assertThat(called.remove("here")).isEqualTo(example.has("here"));
    assertThat(called.stream().map(byKey::get)).isEqualTo(strings(example.get("mentions")));
  }

  @Test
  void looksForTheLongestNameFirst() {
    assertThat(MentionParser.parse("@Ada.-")).containsExactly(List.of("ada.-", "ada.", "ada"));
    assertThat(MentionParser.parse("@小明a.看"))
        .containsExactly(List.of("小明a.看", "小明a.", "小明a", "小明", "小"));
  }

  @Test
  void findsEachNameOnce() {
    assertThat(MentionParser.parse("@ada @Ada **@ADA**")).containsExactly(List.of("ada"));
  }

  @Test
  void looksForABoundedNumberOfNames() {
    String text =
        IntStream.range(0, MentionParser.NAMES_MAX + 1)
            .mapToObj(each -> "@a" + each)
            .collect(Collectors.joining(" "));

    assertThat(MentionParser.parse(text))
        .hasSize(MentionParser.NAMES_MAX)
        .endsWith(List.of("a" + (MentionParser.NAMES_MAX - 1)));
  }

  /// A thread of a socket has no big stack: what is nested as deep as a text is long must not need
  /// one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "]",
        "*",
        "**a ",
        "*a **b ",
        "_",
        "~",
        "`",
        "``` ",
        "> ",
        ">",
        "- ",
        "1. ",
        "<",
        "<a:",
        "\\",
        "![",
        "[](",
        "&",
        "|",
        "@",
        "@a",
        "@a.",
        "@小",
        "www.",
        "https://",
        "a@b.",
        "\n",
        "# ",
        "[a]: "
      })
  void readsWhateverIsNestedInAThreadWithASmallStack(String piece) throws InterruptedException {
    String start = piece.repeat(3_990 / piece.length());
    String end =
        piece.equals("![") ? "](u)".repeat(330) : new StringBuilder(start).reverse().toString();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              MentionParser.parse(start + " @ada");
              MentionParser.parse(start.substring(0, start.length() / 2) + "@ada" + end);
            },
            "small",
            256 * 1_024);
    thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }

  static List<JsonNode> examples() throws IOException {
    List<JsonNode> examples = new ArrayList<>();
    JsonMapper.builder()
        .build()
        .readTree(Files.readString(EXAMPLES))
        .get("cases")
        .forEach(examples::add);
    assertThat(examples).isNotEmpty();
    return examples;
  }

  private static List<String> strings(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::stringValue).toList();
  }
}
