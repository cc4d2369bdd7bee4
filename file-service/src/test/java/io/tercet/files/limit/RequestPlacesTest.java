package io.tercet.files.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Requests at once: 3 of one person, 5 in all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestPlacesTest {
  private static final String LARGE = "/api/files/people/me/large";
  private static final int LARGE_BYTES = 32 * 1024 * 1024;
  private static final Duration SOON = Duration.ofSeconds(30);

  private ChatStub chat;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.requests.concurrent-max=5",
            "--tercet.files.requests.concurrent-per-person-max=3");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @Test
  void boundTheDownloadsOfOnePersonAndLeaveTheOthers() throws Exception {
    Person ada = chat.person("ada");
    Person grace = chat.person("grace");
    service.send(ada, "PUT", LARGE, new byte[LARGE_BYTES]);
    service.send(grace, "PUT", LARGE, new byte[LARGE_BYTES]);
    List<Socket> unread = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        unread.add(download(ada));
      }

      Answer refused = service.get(ada, "/api/files/people/me/");
      assertThat(refused.problem()).isEqualTo("429 too-fast");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(service.get(grace, "/api/files/people/me/").status()).isEqualTo(200);

      unread.add(download(grace));
      unread.add(download(grace));
      assertThat(service.get(chat.person("ida"), "/api/files/usage").problem())
          .isEqualTo("503 service-unavailable");
    } finally {
      for (Socket socket : unread) {
        socket.close();
      }
    }
    await().atMost(SOON).until(() -> service.get(ada, "/api/files/people/me/").status() == 200);
  }

  /// A download whose head was read, and none of its bytes.
  private Socket download(Person person) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", service.port()));
    String get = "GET " + LARGE + " HTTP/1.1\r\nHost: t\r\n" + service.bearer(person) + "\r\n";
    socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }
}
