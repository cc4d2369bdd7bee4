package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// The limits of people and addresses, over HTTP and WebSockets, with small numbers. One token
/// comes back each minute: longer than a test takes. Each test has addresses and people of its own.
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "tercet.rate.posts.at-once=3",
      "tercet.rate.posts.per-minute=1",
      "tercet.rate.history.at-once=3",
      "tercet.rate.history.per-minute=1",
      "tercet.rate.subscriptions.at-once=2",
      "tercet.rate.subscriptions.per-minute=1",
      "tercet.rate.rooms.at-once=2",
      "tercet.rate.rooms.per-minute=1",
      "tercet.rate.direct.at-once=2",
      "tercet.rate.direct.per-minute=1",
      "tercet.rate.requests.at-once=20",
      "tercet.rate.requests.per-minute=1",
      "tercet.rate.newcomers.at-once=3",
      "tercet.rate.newcomers.per-minute=1",
      "tercet.rate.sign-ins.at-once=3",
      "tercet.rate.sign-ins.per-minute=1",
      "tercet.rate.handshakes.at-once=10",
      "tercet.rate.handshakes.per-minute=1"
    })
@DirtiesContext
class RateLimitTest {

  @TempDir static Path folder;

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @LocalServerPort int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
    properties.add("tercet.rate.factor", () -> "1");
  }

  @Test
  void countsMessagesOfAPersonOverEveryDoor() {
    ChatClient ada = newcomer();
    String lobby = ada.lobby();
    TestSocket one = ada.socket();
    TestSocket other = ada.socket();
    assertThat(post(ada, lobby, "c1").statusCode()).isEqualTo(201);
    one.post(lobby, "c2", "two");
    one.next("acknowledged");
    other.post(lobby, "c3", "three");
    other.next("acknowledged");

    assertTooFast(post(ada, lobby, "c4"));
    one.post(lobby, "c5", "five");
    assertTooFast(one.next("error"));

    assertThat(post(newcomer(), lobby, "c1").statusCode()).as("another person").isEqualTo(201);
  }

  @Test
  void countsEditsAndDeletionsAsMessages() {
    ChatClient ada = newcomer();
    String lobby = ada.lobby();
    long seq = ChatClient.body(post(ada, lobby, "c1")).get("seq").longValue();
    String sent = "/api/rooms/" + lobby + "/messages/" + seq;
    assertThat(ada.patch(sent, Map.of("text", "other")).statusCode()).isEqualTo(200);
    assertThat(ada.delete(sent).statusCode()).isEqualTo(204);

    assertTooFast(ada.patch(sent, Map.of("text", "again")));
    assertTooFast(ada.delete(sent));
    assertTooFast(post(ada, lobby, "c2"));
  }

  @Test
  void countsReactionsAndPinsAsMessages() {
    ChatClient ada = newcomer();
    String lobby = ada.lobby();
    long seq = ChatClient.body(post(ada, lobby, "c1")).get("seq").longValue();
    String sent = "/api/rooms/" + lobby + "/messages/" + seq;
    String thumb = sent + "/reactions/%F0%9F%91%8D";
    assertThat(ada.put(thumb).statusCode()).isEqualTo(204);
    assertThat(ada.put(sent + "/pin").statusCode()).isEqualTo(204);

    for (String target : List.of(thumb, sent + "/pin")) {
      assertTooFast(ada.put(target));
      assertTooFast(ada.delete(target));
    }
    assertTooFast(post(ada, lobby, "c2"));
  }

  @Test
  void countsWhatIsReadOfMessagesAsPagesOfHistory() {
    ChatClient ada = newcomer();
    String messages = "/api/rooms/" + ada.lobby() + "/messages";
    for (String read : List.of("?around=1", "?before=9", "/1")) {
      assertThat(ada.get(messages + read).statusCode()).isNotEqualTo(429);
    }

    assertTooFast(ada.get(messages + "?around=1"));
    assertTooFast(ada.get(messages + "/1"));
  }

  @Test
  void countsPagesOfHistoryOverEveryDoor() {
    ChatClient ada = newcomer();
    String lobby = ada.lobby();
    TestSocket socket = ada.socket();
    assertThat(page(ada, lobby).statusCode()).isEqualTo(200);
    assertThat(page(ada, lobby).statusCode()).isEqualTo(200);
    history(socket, lobby);
    socket.next("history");

    assertTooFast(page(ada, lobby));
    history(socket, lobby);
    assertTooFast(socket.next("error"));
  }

  @Test
  void countsSubscriptionsOverAllSocketsOfAPerson() {
    ChatClient ada = newcomer();
    String lobby = ada.lobby();
    for (int i = 0; i < 2; i++) {
      TestSocket socket = ada.socket();
      socket.subscribe(lobby, 0);
      socket.next("subscribed");
    }
    TestSocket third = ada.socket();
    third.subscribe(lobby, 0);

    assertTooFast(third.next("error"));
  }

  @Test
  void boundsTheRoomsThatAPersonMakes() {
    ChatClient ada = newcomer();
    ada.createRoom(name(), "public");
    ada.createRoom(name(), "private");

    assertTooFast(ada.post("/api/rooms", Map.of("name", name())));
  }

  @Test
  void boundsTheDirectConversationsThatAPersonOpens() {
    ChatClient ada = newcomer();
    List<String> others = Stream.generate(() -> newcomer().personId()).limit(3).toList();
    for (int i = 0; i < 2; i++) {
      assertThat(open(ada, others.get(i)).statusCode()).isEqualTo(201);
      assertThat(open(ada, others.get(i)).statusCode()).as("it is open already").isEqualTo(200);
    }

    assertTooFast(open(ada, others.get(2)));
    assertThat(open(ada, others.get(0)).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> open(ChatClient person, String other) {
    return person.post("/api/direct", Map.of("people", List.of(other)));
  }

  @Test
  void boundsAllRequestsOfAPerson() {
    ChatClient ada = newcomer();
    for (int i = 0; i < 20; i++) {
      assertThat(ada.get("/api/rooms").statusCode()).isEqualTo(200);
    }

    assertTooFast(ada.get("/api/rooms"));
    TestSocket socket = ada.socket();
    socket.send(Map.of("type", "ping", "requestId", "p"));
    assertTooFast(socket.next("error"));
  }

  @Test
  void boundsThePeopleWhoComeFromOneAddress() {
    String network = "2001:db8:0:" + NUMBERS.incrementAndGet();
    for (int i = 1; i <= 3; i++) {
      assertThat(enter(network + "::" + i).statusCode()).isEqualTo(201);
    }

    assertTooFast(enter(network + ":a:b:c:d"));
    assertTooFast(send(network + "::9", "/api/people", credentials(name())));
    assertThat(enter(address()).statusCode()).as("another address").isEqualTo(201);
  }

  @Test
  void boundsTheSignInsFromOneAddress() {
    String here = address();
    String name = name();
    assertThat(send(address(), "/api/people", credentials(name)).statusCode()).isEqualTo(201);
    for (int i = 0; i < 3; i++) {
      assertThat(signIn(here, name).statusCode()).isEqualTo(201);
    }

    assertTooFast(signIn(here, name));
    assertThat(signIn(address(), name).statusCode()).as("from elsewhere").isEqualTo(201);
  }

  @Test
  void boundsTheWebSocketsFromOneAddress() {
    ChatClient ada = newcomer();
    String here = address();
    for (int i = 0; i < 10; i++) {
      assertThat(handshake(ada, here).status()).isEqualTo(101);
    }

    RawHandshake.Answer refused = handshake(ada, here);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem().get("type").stringValue()).endsWith("too-fast");
    assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow())).isBetween(30L, 60L);
    assertThat(handshake(ada, address()).status()).isEqualTo(101);
  }

  private static void assertTooFast(HttpResponse<String> answer) {
    assertProblem(answer, 429, "too-fast");
    long seconds = answer.headers().firstValueAsLong("Retry-After").orElseThrow();
    assertThat(seconds).isBetween(30L, 60L);
    assertThat(ChatClient.body(answer).get("detail").stringValue())
        .endsWith("Try again in " + seconds + " s.");
  }

  private static void assertTooFast(JsonNode error) {
    assertThat(error.get("problem").stringValue()).isEqualTo("too-fast");
    assertThat(error.get("retryAfterSeconds").longValue()).isBetween(30L, 60L);
  }

  private static HttpResponse<String> post(ChatClient person, String room, String id) {
    return person.post(
        "/api/rooms/" + room + "/messages", Map.of("clientMessageId", id, "text", id));
  }

  private static HttpResponse<String> page(ChatClient person, String room) {
    return person.get("/api/rooms/" + room + "/entries?after=0");
  }

  private static void history(TestSocket socket, String room) {
    socket.send(
        Map.of("type", "history", "requestId", "h", "roomId", room, "before", 9, "limit", 1));
  }

  private static RawHandshake.Answer handshake(ChatClient person, String address) {
    return RawHandshake.of(person).with("X-Forwarded-For", address).send();
  }

  /// A registered person who came from an address of their own.
  private ChatClient newcomer() {
    Map<String, String> credentials = credentials(name());
    String address = address();
    assertThat(send(address, "/api/people", credentials).statusCode()).isEqualTo(201);
    HttpResponse<String> token = send(address, "/api/session/token", credentials);
    return ChatClient.nobody(port).with(ChatClient.body(token).get("token").stringValue());
  }

  private HttpResponse<String> enter(String address) {
    return send(address, "/api/session", Map.of("name", name()));
  }

  private HttpResponse<String> signIn(String address, String name) {
    return send(address, "/api/session", credentials(name));
  }

  /// Sends as the gateway does for a client with this address.
  private HttpResponse<String> send(String address, String path, Map<String, String> body) {
    ChatClient nobody = ChatClient.nobody(port);
    return nobody.send(
        nobody
            .json(path)
            .header("X-Forwarded-For", address)
            .POST(HttpRequest.BodyPublishers.ofString(ChatClient.JSON.writeValueAsString(body))));
  }

  private static Map<String, String> credentials(String name) {
    return Map.of("name", name, "password", "a long password");
  }

  private static String name() {
    return "n" + NUMBERS.incrementAndGet();
  }

  private static String address() {
    int number = NUMBERS.incrementAndGet();
    return "10." + number / 65_536 + "." + number / 256 % 256 + "." + number % 256;
  }
}
