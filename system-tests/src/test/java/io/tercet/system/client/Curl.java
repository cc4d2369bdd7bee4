package io.tercet.system.client;

import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// curl, as a person with a token runs it in a folder.
///
/// - Threading: confined to one test.
///
/// @param folder where files that are sent lie, and answers are put
public record Curl(Stack stack, Path folder, String token) {

  /// curl with a new token of the person.
  public static Curl as(Person person, Path folder) {
    return new Curl(person.stack(), folder, person.token());
  }

  /// An answer as curl shows it.
  ///
  /// @param headers all header lines as they came, those of interim answers too
  public record Shown(int status, String headers, byte[] body) {

    /// The body as text.
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// A header's last value, or an empty string.
    public String header(String name) {
      return headers
          .lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .reduce("", (_, later) -> later);
    }

    /// The status and, where the body is a problem of ours, its slug.
    public String outcome() {
      if (!header("Content-Type").startsWith("application/problem+json")) {
        return "" + status;
      }
      String type = Json.parse(text()).path("type").asString();
      return status + " " + type.replace("urn:tercet:problem:", "");
    }

    /// The answer itself if the status is this one.
    public Shown expect(int wanted) {
      if (status != wanted) {
        throw new IllegalStateException("answered " + status + ": " + text());
      }
      return this;
    }
  }

  /// Runs curl for a path of the front door.
  ///
  /// @throws IllegalStateException if curl gets no answer
  public Shown run(String path, String... arguments) {
    Path body = folder.resolve(".body");
    Path headers = folder.resolve(".headers");
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
    command.addAll(List.of("--globoff", "--path-as-is", "--max-time", "100"));
    command.addAll(List.of("--output", body.toString(), "--dump-header", headers.toString()));
    command.addAll(List.of("--write-out", "%{http_code}"));
    command.addAll(List.of("--header", "Authorization: Bearer " + token));
    command.addAll(List.of(arguments));
    command.add(stack.at(path).toString());
    try {
      Files.write(body, new byte[0]);
      String status = Command.run(folder, Map.of(), command).succeeded().text();
      return new Shown(
          Integer.parseInt(status), Files.readString(headers), Files.readAllBytes(body));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
