package io.tercet.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that talks to chat-service over HTTP, as somebody or as nobody.
final class ChatClient {

  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final int port;
  final String token;

  private ChatClient(int port, String token) {
    this.port = port;
    this.token = token;
  }

  static ChatClient nobody(int port) {
    return new ChatClient(port, "");
  }

  /// Registers somebody and takes a token.
  static ChatClient register(int port, String name) {
    ChatClient nobody = nobody(port);
    Map<String, String> credentials = Map.of("name", name, "password", "a long password");
    assertThat(nobody.post("/api/people", credentials).statusCode()).isEqualTo(201);
    return new ChatClient(
        port, body(nobody.post("/api/session/token", credentials)).get("token").stringValue());
  }

  /// The same person at another replica.
  ChatClient at(int otherPort) {
    return new ChatClient(otherPort, token);
  }

  ChatClient with(String otherToken) {
    return new ChatClient(port, otherToken);
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, Object body) {
    return send(
        json(path).POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  HttpResponse<String> patch(String path, Object body, String... headers) {
    HttpRequest.Builder request =
        json(path)
            .method("PATCH", HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> put(String path) {
    return send(request(path).PUT(HttpRequest.BodyPublishers.noBody()));
  }

  HttpResponse<String> put(String path, Object body) {
    return send(json(path).PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  HttpResponse<String> delete(String path, String... headers) {
    HttpRequest.Builder request = request(path).DELETE();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String personId() {
    return body(get("/api/session")).get("personId").stringValue();
  }

  String lobby() {
    for (JsonNode room : body(get("/api/rooms")).get("rooms")) {
      if (room.get("name").stringValue().equals("lobby")) {
        return room.get("roomId").stringValue();
      }
    }
    throw new AssertionError("there is no lobby");
  }

  String createRoom(String name, String visibility) {
    HttpResponse<String> made = post("/api/rooms", Map.of("name", name, "visibility", visibility));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return body(made).get("roomId").stringValue();
  }

  TestSocket socket() {
    return TestSocket.open(port, token);
  }

  static JsonNode body(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  static void assertProblem(HttpResponse<String> response, int status, String slug) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(body(response).get("type").stringValue()).isEqualTo("urn:tercet:problem:" + slug);
  }
}
