package io.tercet.files;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A client of a service that runs, for people whom chat-service knows.
public abstract class FilesClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ChatStub chat;

  FilesClient(ChatStub chat) {
    this.chat = chat;
  }

  /// The port of HTTP.
  public abstract int port();

  public Answer send(Person person, String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return send(person, method, path, HttpRequest.BodyPublishers.ofByteArray(body), headers);
  }

  public Answer send(
      Person person, String method, String path, HttpRequest.BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.addAll(List.of("Authorization", "Bearer " + chat.token(person)));
    return sendAs(method, path, body, all.toArray(String[]::new));
  }

  public Answer sendAs(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return sendAs(method, path, HttpRequest.BodyPublishers.ofByteArray(body), headers);
  }

  private Answer sendAs(
      String method, String path, HttpRequest.BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
  }

  public Answer get(Person person, String path, String... headers)
      throws IOException, InterruptedException {
    return send(person, "GET", path, new byte[0], headers);
  }

  public Answer put(Person person, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(person, "PUT", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answer json(Person person, String method, String path, String body)
      throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(person, method, path, bytes, "Content-Type", "application/json");
  }

  public Answer delete(Person person, String path) throws IOException, InterruptedException {
    return send(person, "DELETE", path, new byte[0]);
  }

  /// Names in a folder, in the order of the listing.
  public List<String> names(Person person, String folder) throws Exception {
    return get(person, folder)
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("name").asString())
        .toList();
  }

  /// Sends bytes unchanged, closes its sending side, and returns the whole answer.
  public String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return all.toString(StandardCharsets.UTF_8);
    }
  }

  public String bearer(Person person) {
    return "Authorization: Bearer " + chat.token(person) + "\r\n";
  }

  public static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
