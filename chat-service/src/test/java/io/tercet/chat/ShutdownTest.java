package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.log.LogEpoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ShutdownTest {

  @TempDir Path folder;

  @Test
  void asksClientsToComeBackAndFindsEverythingAtTheNextStart() throws IOException {
    Files.writeString(folder.resolve("service-secret"), ChatServiceContract.SECRET);
    ConfigurableApplicationContext first = start();
    ChatClient ada = ChatClient.register(port(first), "ada");
    String room = ada.createRoom("plans", "public");
    TestSocket socket = ada.socket();
    socket.post(room, "c1", "still here");
    socket.next("acknowledged");
    first.close();
    assertThat(socket.closeCode()).isEqualTo(4000);

    try (ConfigurableApplicationContext second = start()) {
      // The same key and the same session: the token from before is still good.
      ChatClient again = ChatClient.nobody(port(second)).with(ada.token);
      assertThat(again.lobby()).isNotEmpty();
      assertThat(body(again.get("/api/rooms/" + room + "/entries?after=1")).toString())
          .contains("still here");
      assertThat(body(again.get("/api/rooms")).get("rooms").size()).isEqualTo(2);
    }
  }

  @Test
  void givesARestoredLogAnotherEpoch() throws IOException {
    Files.writeString(folder.resolve("service-secret"), ChatServiceContract.SECRET);
    String before;
    try (ConfigurableApplicationContext first = start()) {
      before = epoch(first);
    }
    Files.createFile(folder.resolve("renew-log-epoch"));
    try (ConfigurableApplicationContext second = start()) {
      assertThat(epoch(second)).isNotEqualTo(before);
    }
    assertThat(folder.resolve("renew-log-epoch")).doesNotExist();
  }

  private static String epoch(ConfigurableApplicationContext context) {
    return context.getBean(LogEpoch.class).value();
  }

  private ConfigurableApplicationContext start() {
    return SpringApplication.run(
        ChatApplication.class,
        "--server.port=0",
        "--management.server.port=0",
        "--tercet.service.secret-file=" + folder.resolve("service-secret"),
        "--tercet.log.renew-epoch-file=" + folder.resolve("renew-log-epoch"),
        "--tercet.database.url=jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  private static int port(ConfigurableApplicationContext context) {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }
}
