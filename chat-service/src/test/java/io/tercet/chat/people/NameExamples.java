package io.tercet.chat.people;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The examples of contracts/names.json, which the page's tests read, too.
public final class NameExamples {

  private static final Path FILE = Path.of("..", "contracts", "names.json");

  private NameExamples() {}

  /// The elements of one list.
  public static List<JsonNode> of(String list) {
    try {
      JsonNode all = JsonMapper.builder().build().readTree(Files.readString(FILE));
      return all.get(list).valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The elements of a list of texts.
  public static List<String> texts(String list) {
    return of(list).stream().map(JsonNode::stringValue).toList();
  }
}
