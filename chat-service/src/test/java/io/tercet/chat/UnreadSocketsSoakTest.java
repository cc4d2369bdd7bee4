package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Many sockets ask for all of a long room and for its history and read nothing, on the heap that
/// the launcher gives.
///
/// The service lives, and others notice little: the time from posting to delivery, of 99 in 100
/// posts, at most doubles. `make soak` has a thousand sockets and a room of a million messages; the
/// tests have a few, and measure nothing.
@Tag("soak")
@Timeout(1_800)
class UnreadSocketsSoakTest {

  private static final boolean WHOLE = System.getenv("SOAK_MINUTES") != null;
  private static final int SOCKETS = WHOLE ? 1_000 : 100;
  private static final int MESSAGES = WHOLE ? 1_000_000 : 20_000;
  private static final int POSTS = WHOLE ? 2_000 : 100;

  /// A faster answer than this is as good as any.
  private static final Duration UNNOTICED = Duration.ofMillis(10);

  @TempDir Path folder;
  private final List<UnreadSocket> unread = new ArrayList<>();
  private ServiceProcess service;
  private String longRoom;

  @BeforeEach
  void startWithALongRoom() throws IOException {
    longRoom = seedLobby(folder.resolve("chat/chat.db"));
    service = ServiceProcess.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    unread.forEach(UnreadSocket::close);
    service.close();
  }

  @Test
  void ofOnePersonAreNoticedByNobodyElse() throws Exception {
    ChatClient guest = guest("eve");
    attack(() -> UnreadSocket.open(guest, longRoom));
  }

  @Test
  void ofManyPeopleAreNoticedByNobodyElse() throws Exception {
    List<ChatClient> guests = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      guests.add(guest("eve" + i));
    }
    var next = guests.iterator();
    attack(() -> UnreadSocket.open(next.next(), longRoom));
  }

  private interface Opening {
    UnreadSocket open() throws IOException;
  }

  private void attack(Opening opening) throws Exception {
    ChatClient ada = ChatClient.register(service.port(), "ada");
    String room = ada.createRoom("plans", "public");
    try (Pair pair = new Pair(ada, room)) {
      pair.post(POSTS);
      long[] before = pair.post(POSTS);
      for (int i = 0; i < SOCKETS; i++) {
        unread.add(opening.open());
      }
      long[] during = pair.post(POSTS);
      System.out.printf(
          "%d unread sockets, %d messages: post to delivery p50 %.1f ms, p99 %.1f ms; before"
              + " p50 %.1f ms, p99 %.1f ms%n",
          SOCKETS,
          MESSAGES,
          millis(during, 50),
          millis(during, 99),
          millis(before, 50),
          millis(before, 99));
      assertThat(service.isAlive()).as(service.said()).isTrue();
      assertThat(service.said()).doesNotContain("OutOfMemoryError");
      if (WHOLE) {
        assertThat(millis(during, 99))
            .isLessThan(Math.max(2 * millis(before, 99), UNNOTICED.toMillis()));
      }
    }
  }

  /// One who posts, and one who gets it.
  private static final class Pair implements AutoCloseable {

    private final TestSocket posting;
    private final TestSocket reading;
    private final String room;
    private int posts;

    Pair(ChatClient ada, String room) {
      this.room = room;
      posting = ada.socket();
      reading = ada.socket();
      reading.subscribe(room, 0);
      reading.next("subscribed");
    }

    /// Posts one after another; how long each took to be delivered, in nanoseconds.
    long[] post(int count) {
      long[] nanos = new long[count];
      for (int i = 0; i < count; i++) {
        String id = "c" + posts++;
        long begun = System.nanoTime();
        posting.post(room, id, "a message of usual length, as people write them");
        reading.next(frame ->
            TestSocket.type(frame).equals("entry")
                && frame.path("clientMessageId").asString("").equals(id));
        nanos[i] = System.nanoTime() - begun;
        posting.frames.clear();
      }
      return nanos;
    }

    @Override
    public void close() {
      posting.close();
      reading.close();
    }
  }

  private static double millis(long[] nanos, int percent) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length * percent / 100] / 1e6;
  }

  private ChatClient guest(String name) throws Exception {
    ChatClient nobody = ChatClient.nobody(service.port());
    HttpResponse<String> entered = nobody.post("/api/session", Map.of("name", name));
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
    String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
    String secret = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    HttpResponse<String> exchanged =
        nobody
            .with(ChatServiceContract.serviceToken())
            .post("/internal/session/exchange", Map.of("session", secret));
    return nobody.with(body(exchanged).get("token").stringValue());
  }

  /// A lobby that every guest joins, with many messages in it.
  private static String seedLobby(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    String roomId = UUID.randomUUID().toString();
    String personId = UUID.randomUUID().toString();
    TestDatabases.Opened opened = TestDatabases.sqlite(file.getParent());
    try {
      opened
          .database()
          .write(client -> {
            seed(client, roomId, personId);
            return null;
          });
    } finally {
      opened.close().run();
    }
    return roomId;
  }

  private static void seed(JdbcClient client, String roomId, String personId) {
    client
        .sql(
            """
            INSERT INTO room (room_id, name, name_key, topic, visibility, last_seq, created_at)
            VALUES (?, 'lobby', 'lobby', '', 'PUBLIC', ?, 0)
            """)
        .params(roomId, MESSAGES)
        .update();
    client
        .sql(
            """
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
            INSERT INTO entry
              (room_id, seq, kind, person_id, person_name, sent_at, client_message_id, body)
            SELECT ?, n, 'message', ?, 'somebody', n, 'c' || n,
              'message ' || n || ': as long as people write in a room that has so many of them'
            FROM number
            """)
        .params(MESSAGES, roomId, personId)
        .update();
  }
}
