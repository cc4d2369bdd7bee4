package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The stream that a gateway reads, from a real service.
class EndedSessionsOverHttpTest {

  @TempDir Path folder;

  @Test
  void comeAtOnceAndEndWithTheService() throws Exception {
    Files.writeString(folder.resolve("service-secret"), ChatServiceContract.SECRET);
    ConfigurableApplicationContext service = start();
    int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    ChatClient nobody = ChatClient.nobody(port);
    assertProblem(nobody.get("/internal/sessions/ended"), 401, "unauthenticated");

    try (HttpClient gateway = HttpClient.newHttpClient()) {
      HttpResponse<Stream<String>> stream =
          gateway.send(
              nobody
                  .with(ChatServiceContract.serviceToken())
                  .request("/internal/sessions/ended")
                  .timeout(Duration.ofMinutes(5))
                  .GET()
                  .build(),
              HttpResponse.BodyHandlers.ofLines());
      assertThat(stream.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/x-ndjson");
      Iterator<String> lines = stream.body().iterator();
      assertThat(lines.next()).isEqualTo("{\"complete\":true}");

      UUID sessionId = UUID.randomUUID();
      service
          .getBean(HintBroker.class)
          .publish(new Hint.SessionEnded(UUID.randomUUID(), sessionId));
      assertThat(next(lines)).isEqualTo("{\"sessionId\":\"" + sessionId + "\"}");

      service.close();
      while (lines.hasNext()) {
        assertThat(lines.next()).isEqualTo("{\"complete\":true}");
      }
    }
  }

  private static String next(Iterator<String> lines) {
    String line = lines.next();
    while (line.contains("complete")) {
      line = lines.next();
    }
    return line;
  }

  private ConfigurableApplicationContext start() throws IOException {
    return SpringApplication.run(
        ChatApplication.class,
        "--server.port=0",
        "--management.server.port=0",
        "--tercet.service.secret-file=" + folder.resolve("service-secret"),
        "--tercet.log.renew-epoch-file=" + folder.resolve("renew-log-epoch"),
        "--tercet.database.url=jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }
}
