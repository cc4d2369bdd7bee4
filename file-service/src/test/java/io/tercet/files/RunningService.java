package io.tercet.files;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
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

/// The whole service on free ports of this process, and a client for it.
public final class RunningService extends FilesClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final Path data;

  private RunningService(ConfigurableApplicationContext context, Path data, ChatStub chat) {
    super(chat);
    this.context = context;
    this.data = data;
  }

  public static RunningService start(Path data, ChatStub chat, String... settings)
      throws IOException {
    return start(data, chat, UnaryOperator.identity(), settings);
  }

  /// Starts it with connections to the database that a test wraps.
  public static RunningService start(
      Path data, ChatStub chat, UnaryOperator<Connection> connections, String... settings)
      throws IOException {
    ChatStub.writeSecret(data);
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

  @Override
  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  public int managementPort() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
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
