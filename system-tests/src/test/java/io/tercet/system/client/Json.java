package io.tercet.system.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON as the clients of these tests read and write it.
public final class Json {

  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /// Reads one JSON value.
  public static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  /// Writes records, maps, lists and strings.
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}
