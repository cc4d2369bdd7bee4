package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.valkey.Valkey;
import io.tercet.chat.valkey.ValkeyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// Two replicas of the service on one PostgreSQL and one Valkey are one service.
@Tag("docker")
@Timeout(300)
class ReplicasTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AtomicInteger NAMES = new AtomicInteger();

  @TempDir static Path folder;
  private static ValkeyServer valkey;
  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext other;

  @BeforeAll
  static void start() throws Exception {
    valkey = ValkeyServer.start();
    Path secret =
        Files.writeString(folder.resolve("service-secret"), ChatServiceContract.SECRET + "\n");
    String database = PostgresServer.newDatabase();
    one = start(database, secret);
    other = start(database, secret);
    awaitConnected(true);
  }

  @AfterAll
  static void stop() {
    other.close();
    one.close();
    valkey.close();
  }

  @AfterEach
  void bringValkeyBack() {
    valkey.relay().resume();
    awaitConnected(true);
  }

  @Test
  void hearEachOther() {
    Pair pair = pair();
    for (int i = 0; i < 1_000; i++) {
      (i % 2 == 0 ? pair.adaSocket : pair.graceSocket).post(pair.room, "m" + i, "text " + i);
    }
    List<Long> seqs = seqs(3, 1_002);
    assertThat(pair.adaSocket.seqsUntil(1_002)).containsExactlyElementsOf(seqs);
    assertThat(pair.graceSocket.seqsUntil(1_002)).containsExactlyElementsOf(seqs);
  }

  @Test
  void hearEachOtherWithoutValkeyWithinThePoll() {
    Pair pair = pair();
    valkey.relay().cut();
    awaitConnected(false);
    post(pair, 0, 20);
    assertThat(pair.graceSocket.seqsUntil(22)).containsExactlyElementsOf(seqs(3, 22));

    valkey.relay().resume();
    awaitConnected(true);
    post(pair, 20, 40);
    assertThat(pair.graceSocket.seqsUntil(42)).containsExactlyElementsOf(seqs(23, 42));
  }

  @Test
  void endASubscriptionWithTheEntryByWhichItsPersonLeftThroughTheOther() {
    Pair pair = pair();
    ChatClient graceAtOne = pair.grace.at(port(one));
    post(pair, 0, 5);
    assertThat(graceAtOne.delete(members(pair)).statusCode()).isEqualTo(204);
    post(pair, 5, 10);
    assertThat(pair.graceSocket.seqsUntil(8)).containsExactlyElementsOf(seqs(3, 8));
    // An answer to a later frame: nothing came before it.
    pair.graceSocket.send(Map.of("type", "ping", "requestId", "p"));
    assertThat(pair.graceSocket.next(frame -> !isNews(frame)).get("type").stringValue())
        .isEqualTo("pong");
  }

  @Test
  void closeTheSocketsOfASessionThatEndsAtTheOther() {
    assertSignOutCloses();
  }

  @Test
  void closeTheSocketsOfASessionThatEndsAtTheOtherWithoutValkey() {
    valkey.relay().cut();
    awaitConnected(false);
    assertSignOutCloses();
  }

  private static void assertSignOutCloses() {
    ChatClient ada = ChatClient.register(port(one), name());
    TestSocket socket = ada.at(port(other)).socket();
    socket.next("welcome");
    assertThat(ada.delete("/api/session").statusCode()).isEqualTo(204);
    assertThat(socket.closeCode()).isEqualTo(4500);
    assertThat(ada.at(port(other)).get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void tellAPersonOfAnInvitationAtTheOther() {
    assertInvitationIsTold();
  }

  @Test
  void tellAPersonOfAnInvitationAtTheOtherWithoutValkey() {
    valkey.relay().cut();
    awaitConnected(false);
    assertInvitationIsTold();
  }

  private static void assertInvitationIsTold() {
    ChatClient ada = ChatClient.register(port(one), name());
    ChatClient grace = ChatClient.register(port(other), name());
    TestSocket socket = grace.socket();
    socket.next("welcome");
    String room = ada.createRoom(name(), "private");
    assertThat(ada.put("/api/rooms/" + room + "/members/" + grace.personId()).statusCode() / 100)
        .isEqualTo(2);
    do {
      socket.next("rooms-changed");
    } while (body(grace.get("/api/invitations")).get("invitations").isEmpty());
  }

  @Test
  void tellAPersonWhatWasReadAtTheOther() {
    Pair pair = pair();
    post(pair, 0, 10);
    readAtBoth(pair, pair.ada.socket(), pair.ada.at(port(other)).socket());
  }

  @Test
  void tellAPersonWhatWasReadAtTheOtherWithoutValkey() {
    Pair pair = pair();
    post(pair, 0, 10);
    TestSocket here = pair.ada.socket();
    TestSocket there = pair.ada.at(port(other)).socket();
    for (TestSocket each : List.of(here, there)) {
      each.next("welcome");
    }
    valkey.relay().cut();
    awaitConnected(false);
    readAtBoth(pair, here, there);
  }

  /// Both replicas move the place of one person at the same time. Each socket hears where it is in
  /// the end, and nothing older after that.
  private static void readAtBoth(Pair pair, TestSocket here, TestSocket there) {
    String place = "/api/rooms/" + pair.room + "/read";
    List<Thread> writers = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      ChatClient client = number % 2 == 0 ? pair.ada : pair.ada.at(port(other));
      long seq = 4 + number;
      writers.add(
          Thread.ofVirtual().start(() -> client.put(place, Map.of("seq", seq, "back", true))));
    }
    for (Thread writer : writers) {
      join(writer);
    }
    Map<String, Object> last = Map.of("seq", 12);
    assertThat(pair.ada.put(place, last).statusCode()).isEqualTo(204);
    for (TestSocket socket : List.of(here, there)) {
      while (socket.next("read").get("lastReadSeq").longValue() != 12) {
        continue;
      }
      socket.send(Map.of("type", "ping", "requestId", "p"));
      JsonNode next =
          socket.next(frame -> !isNews(frame) && frame.path("lastReadSeq").asLong(0) != 12);
      assertThat(next.get("type").stringValue()).isEqualTo("pong");
    }
    assertThat(body(pair.ada.at(port(other)).get("/api/rooms/" + pair.room)).get("lastReadSeq"))
        .isEqualTo(ChatClient.JSON.readTree("12"));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takeAClientWithItsCursorFromEachOther() {
    Pair pair = pair();
    post(pair, 0, 5);
    assertThat(pair.graceSocket.seqsUntil(7)).containsExactlyElementsOf(seqs(3, 7));
    pair.graceSocket.close();
    post(pair, 5, 10);
    TestSocket again = pair.grace.at(port(one)).socket();
    again.subscribe(pair.room, 7);
    assertThat(again.seqsUntil(12)).containsExactlyElementsOf(seqs(8, 12));
  }

  /// Ada at one replica and grace at the other, in a room of theirs with two entries.
  private record Pair(
      ChatClient ada,
      TestSocket adaSocket,
      ChatClient grace,
      TestSocket graceSocket,
      String room) {}

  private static Pair pair() {
    ChatClient ada = ChatClient.register(port(one), name());
    ChatClient grace = ChatClient.register(port(other), name());
    String room = ada.createRoom(name(), "public");
    assertThat(grace.put("/api/rooms/" + room + "/members/me").statusCode() / 100).isEqualTo(2);
    TestSocket adaSocket = ada.socket();
    TestSocket graceSocket = grace.socket();
    for (TestSocket socket : List.of(adaSocket, graceSocket)) {
      socket.subscribe(room, 2);
      socket.next("subscribed");
    }
    return new Pair(ada, adaSocket, grace, graceSocket, room);
  }

  private static String members(Pair pair) {
    return "/api/rooms/" + pair.room + "/members/me";
  }

  /// Posts at ada's replica, each when the one before has its place.
  private static void post(Pair pair, int from, int to) {
    for (int i = from; i < to; i++) {
      assertThat(
              pair.ada
                  .post(
                      "/api/rooms/" + pair.room + "/messages",
                      Map.of("clientMessageId", "m" + i, "text", "text " + i))
                  .statusCode())
          .isEqualTo(201);
    }
  }

  /// What comes by itself, besides entries.
  private static boolean isNews(JsonNode frame) {
    String type = frame.get("type").stringValue();
    return type.startsWith("presence") || type.equals("rooms-changed");
  }

  private static List<Long> seqs(long first, long last) {
    List<Long> seqs = new ArrayList<>();
    for (long seq = first; seq <= last; seq++) {
      seqs.add(seq);
    }
    return seqs;
  }

  private static String name() {
    return "somebody-" + NAMES.incrementAndGet();
  }

  private static int port(ConfigurableApplicationContext replica) {
    return replica.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private static void awaitConnected(boolean connected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (ConfigurableApplicationContext replica : List.of(one, other)) {
      while (replica.getBean(Valkey.class).isConnected() != connected) {
        assertThat(System.nanoTime()).as("connected: %s", connected).isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  private static ConfigurableApplicationContext start(String database, Path secret) {
    return new SpringApplicationBuilder(ChatApplication.class)
        .run(
            "--server.port=0",
            "--management.server.port=-1",
            "--tercet.data=" + folder,
            "--tercet.service.secret-file=" + secret,
            "--tercet.database.url=" + database,
            "--tercet.database.user=test",
            "--tercet.database.password=test",
            // These tests are about rules, not about the speed of the machine.
            "--tercet.database.connection-max=30s",
            "--tercet.database.answer-max=30s",
            "--tercet.valkey.url=" + valkey.url(),
            "--tercet.valkey.answer-max=5s",
            "--tercet.rate.factor=1000");
  }
}
