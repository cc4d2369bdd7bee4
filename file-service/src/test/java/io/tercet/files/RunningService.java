package io.tercet.files;

import io.micrometer.core.instrument.MeterRegistry;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole service on free ports, and a client for it.
public final class RunningService implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path data;
  private final ChatStub chat;

  private RunningService(ConfigurableApplicationContext context, Path data, ChatStub chat) {
    this.context = context;
    this.data = data;
    this.chat = chat;
  }

  public static RunningService start(Path data, ChatStub chat, String... settings)
      throws IOException {
    return start(data, chat, UnaryOperator.identity(), settings);
  }

  /// Starts it with connections to the database that a test wraps.
  public static RunningService start(
      Path data, ChatStub chat, UnaryOperator<Connection> connections, String... settings)
      throws IOException {
    Files.writeString(data.resolve("service-secret"), ChatStub.SECRET + "\n");
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--tercet.data=" + data,
                "--tercet.chat-url=" + chat.url(),
                "--tercet.files.access.membership-life=0s",
                "--tercet.files.ftp.port=0",
                "--tercet.files.ftp.passive-ports=0"));
    all.addAll(Arrays.asList(settings));
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(FileApplication.class)
            .initializers(fresh ->
                ((GenericApplicationContext) fresh)
                    .registerBean("connections", UnaryOperator.class, () -> connections))
            .run(all.toArray(String[]::new));
    return new RunningService(context, data, chat);
  }

  /// The value of a counter.
  public double count(String counter) {
    return context.getBean(MeterRegistry.class).get(counter).counter().count();
  }

  /// An answer with its body as text and, if it is JSON, as a tree.
  public record Answer(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /// `status slug` of a problem.
    public String problem() {
      if (!header("Content-Type").startsWith("application/problem+json")) {
        return "no problem but " + status() + " " + text();
      }
      return status() + " " + json().get("type").asString().replace("urn:tercet:problem:", "");
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  public int managementPort() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
  }

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

  /// How many files are below a folder of the service's data.
  public long filesUnder(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("files").resolve(folder))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
