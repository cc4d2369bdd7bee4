package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replicas that start at once on one empty database.
@Tag("docker")
class ReplicasStartTest {

  @TempDir Path folder;

  @Test
  void haveOneLobbyAndOneKey() throws Exception {
    String url = PostgresServer.newDatabase();
    List<CompletableFuture<ServiceProcess>> starts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path own = Files.createDirectory(folder.resolve("replica" + i));
      starts.add(
          CompletableFuture.supplyAsync(
              () -> start(own, url), task -> Thread.ofVirtual().start(task)));
    }
    try (ServiceProcess one = starts.get(0).get(150, TimeUnit.SECONDS);
        ServiceProcess other = starts.get(1).get(150, TimeUnit.SECONDS)) {
      ChatClient ada = ChatClient.register(one.port(), "ada");
      ChatClient grace = ChatClient.register(other.port(), "grace");
      assertThat(ada.lobby()).isEqualTo(grace.lobby());
      String keys = "/.well-known/jwks.json";
      assertThat(body(ChatClient.nobody(one.port()).get(keys)))
          .isEqualTo(body(ChatClient.nobody(other.port()).get(keys)));
    }
  }

  private static ServiceProcess start(Path folder, String url) {
    try {
      return ServiceProcess.start(
          folder,
          "--tercet.database.url=" + url,
          "--tercet.database.user=test",
          "--tercet.database.password=test",
          "--tercet.database.connection-max=30s",
          "--tercet.database.answer-max=30s");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
