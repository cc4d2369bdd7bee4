package io.tercet.http.site;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads the JSON of file-service as a stream; members with other names are skipped.
///
/// - Bounds: nesting up to 16 deep, names of members up to 256 characters. Numbers are whole and
///   fit a `long`.
/// - Errors: `IllegalArgumentException` if it is not JSON, or something is missing.
///
/// Source: contracts/internal.md, RFC 8259.
final class SiteJson {
  static final int DEPTH_MAX = 16;
  static final int NAME_CHARACTERS_MAX = 256;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNameLength(NAME_CHARACTERS_MAX)
                  .build())
          .build();

  private SiteJson() {}

  /// What is published.
  static FileService.Listing listing(String text) {
    return read(text, SiteJson::listing);
  }

  /// The files of a version.
  static List<Manifest.File> files(String text) {
    return read(text, SiteJson::files);
  }

  private static FileService.Listing listing(JsonParser json) {
    Long revision = null;
    List<SiteVersion> sites = null;
    expect(json, JsonToken.START_OBJECT);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "revision" -> revision = number(json);
        case "sites" -> sites = elements(json, SiteJson::siteVersion);
        default -> json.skipChildren();
      }
    }
    return new FileService.Listing(present(revision, "revision"), present(sites, "sites"));
  }

  private static SiteVersion siteVersion(JsonParser json) {
    String site = null;
    Long version = null;
    expect(json, JsonToken.START_OBJECT);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "site" -> site = text(json);
        case "version" -> version = number(json);
        default -> json.skipChildren();
      }
    }
    return new SiteVersion(present(site, "site"), present(version, "version"));
  }

  private static List<Manifest.File> files(JsonParser json) {
    List<Manifest.File> files = null;
    expect(json, JsonToken.START_OBJECT);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      if (name.equals("files")) {
        files = elements(json, SiteJson::file);
      } else {
        json.skipChildren();
      }
    }
    return present(files, "files");
  }

  private static Manifest.File file(JsonParser json) {
    String path = null;
    Long size = null;
    String sha256 = null;
    expect(json, JsonToken.START_OBJECT);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case "path" -> path = text(json);
        case "size" -> size = number(json);
        case "sha256" -> sha256 = text(json);
        default -> json.skipChildren();
      }
    }
    return new Manifest.File(
        present(path, "path"), present(size, "size"), present(sha256, "sha256"));
  }

  /// One value, and nothing behind it.
  private static <T> T read(String text, Function<JsonParser, T> reading) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      T value = reading.apply(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("there is something behind the JSON");
      }
      return value;
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException(notJson.getMessage(), notJson);
    }
  }

  private static <T> List<T> elements(JsonParser json, Function<JsonParser, T> reading) {
    expect(json, JsonToken.START_ARRAY);
    List<T> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(reading.apply(json));
    }
    return elements;
  }

  private static String text(JsonParser json) {
    expect(json, JsonToken.VALUE_STRING);
    return json.getString();
  }

  private static long number(JsonParser json) {
    expect(json, JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  private static void expect(JsonParser json, JsonToken token) {
    if (json.currentToken() != token) {
      throw new IllegalArgumentException(
          "%s in place of %s at %s"
              .formatted(json.currentToken(), token, json.currentTokenLocation()));
    }
  }

  private static <T> T present(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return value;
  }
}
