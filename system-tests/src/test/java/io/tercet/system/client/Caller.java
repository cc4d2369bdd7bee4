package io.tercet.system.client;

import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Somebody who sends HTTP to the front door, always with the same headers.
///
/// - Threading: safe for use by many threads.
/// - Bounds: an answer is awaited for a minute.
public final class Caller {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(30))
          .build();

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Stack stack;
  private final Map<String, String> headers;

  private Caller(Stack stack, Map<String, String> headers) {
    this.stack = stack;
    this.headers = Map.copyOf(headers);
  }

  /// A caller without any header of its own.
  public static Caller stranger(Stack stack) {
    return new Caller(stack, Map.of());
  }

  /// The same caller with one more header.
  public Caller with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Caller(stack, more);
  }

  /// Reads.
  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /// Deletes.
  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /// Posts a value as JSON.
  public Answer post(String path, Object value) {
    return asJson().send("POST", path, BodyPublishers.ofString(Json.write(value)));
  }

  /// Puts a value as JSON.
  public Answer put(String path, Object value) {
    return asJson().send("PUT", path, BodyPublishers.ofString(Json.write(value)));
  }

  /// Changes a part, as JSON says.
  public Answer patch(String path, Object value) {
    return asJson().send("PATCH", path, BodyPublishers.ofString(Json.write(value)));
  }

  /// Puts bytes.
  public Answer upload(String path, byte[] bytes) {
    return send("PUT", path, BodyPublishers.ofByteArray(bytes));
  }

  /// Sends anything.
  ///
  /// @throws UncheckedIOException if no answer comes
  public Answer send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(stack.at(path)).timeout(PATIENCE).method(method, body);
    headers.forEach(request::header);
    try {
      return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException broken) {
      throw new UncheckedIOException(method + " " + path, broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private Caller asJson() {
    return with("Content-Type", "application/json");
  }
}
