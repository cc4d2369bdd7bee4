package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import tools.jackson.databind.JsonNode;

/// The service as a whole over HTTP, on whichever database it is given.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
abstract class ChatServiceContract {

  static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final AtomicInteger NAMES = new AtomicInteger();

  @LocalServerPort int port;
  @LocalManagementPort int managementPort;
  @Autowired MeterRegistry metrics;

  static void start(DynamicPropertyRegistry properties, Path folder) {
    Path secret = folder.resolve("service-secret");
    try {
      Files.writeString(secret, SECRET + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties.add("tercet.service.secret-file", secret::toString);
    properties.add("management.server.port", () -> "0");
    properties.add(
        "tercet.log.renew-epoch-file", () -> folder.resolve("renew-log-epoch").toString());
    // Every test has the same address.
    properties.add("tercet.rate.factor", () -> "1000");
  }

  @Test
  void registersSignsInAndSignsOut() {
    ChatClient nobody = ChatClient.nobody(port);
    String name = name();
    HttpResponse<String> registered = nobody.post("/api/people", credentials(name));
    assertThat(registered.statusCode()).isEqualTo(201);
    assertThat(body(registered).get("guest").booleanValue()).isFalse();
    assertThat(registered.headers().firstValue("Set-Cookie").orElseThrow())
        .matches("tercet-session=[\\w-]{43}; Path=/; .*HttpOnly; SameSite=Lax");

    HttpResponse<String> token = nobody.post("/api/session/token", credentials(name));
    ChatClient somebody = nobody.with(body(token).get("token").stringValue());
    assertThat(body(somebody.get("/api/session")).get("name").stringValue()).isEqualTo(name);

    assertThat(somebody.delete("/api/session").statusCode()).isEqualTo(204);
    assertProblem(somebody.get("/api/session"), 401, "session-ended");
    assertProblem(nobody.get("/api/session"), 401, "unauthenticated");
  }

  @Test
  void setsTheCookieOfTlsWhenTheGatewaySaysSo() {
    HttpRequest.Builder request =
        ChatClient.nobody(port)
            .json("/api/session")
            .header("X-Forwarded-Proto", "https")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name() + "\"}"));
    assertThat(
            ChatClient.nobody(port).send(request).headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-tercet-session=");
  }

  @Test
  void clearsACookieWhoseSessionHasEnded() {
    HttpResponse<String> cleared =
        ChatClient.nobody(port).delete("/api/session", "Cookie", "tercet-session=gone");
    assertThat(cleared.statusCode()).isEqualTo(204);
    assertThat(cleared.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
  }

  @Test
  void letsAGuestBecomeRegisteredAndStayTheSame() {
    ChatClient nobody = ChatClient.nobody(port);
    String name = name();
    HttpResponse<String> entered = nobody.post("/api/session", Map.of("name", name));
    String personId = body(entered).get("personId").stringValue();
    assertThat(body(entered).get("guest").booleanValue()).isTrue();
    assertProblem(nobody.post("/api/session", Map.of("name", name)), 409, "name-taken");
    assertProblem(nobody.post("/api/people", credentials(name)), 409, "name-taken");

    ChatClient guest = nobody.with(exchange(cookie(entered)).get("token").stringValue());
    HttpResponse<String> registered = guest.post("/api/people", credentials(name));
    assertThat(registered.statusCode()).isEqualTo(201);
    assertThat(body(registered).get("personId").stringValue()).isEqualTo(personId);
    assertThat(body(guest.get("/api/session")).get("guest").booleanValue()).isFalse();
    assertThat(nobody.post("/api/session", credentials(name)).statusCode()).isEqualTo(201);
  }

  @Test
  void answersAWrongNameLikeAWrongPassword() {
    String name = ChatClient.register(port, name()).personId();
    ChatClient nobody = ChatClient.nobody(port);
    assertProblem(nobody.post("/api/session", credentials(name)), 401, "wrong-password");
    assertProblem(nobody.post("/api/session", credentials("not a name!")), 401, "wrong-password");
    assertProblem(
        nobody.post("/api/people", Map.of("name", "no spaces", "password", "a long password")),
        400,
        "invalid-name");
    assertProblem(
        nobody.post("/api/people", Map.of("name", name(), "password", "short")),
        400,
        "invalid-request");
  }

  @Test
  void slowsDownWhoGuesses() {
    String name = name();
    ChatClient.register(port, name);
    ChatClient nobody = ChatClient.nobody(port);
    Map<String, String> wrong = Map.of("name", name, "password", "wrong password");
    for (int i = 0; i < 10; i++) {
      assertProblem(nobody.post("/api/session", wrong), 401, "wrong-password");
    }
    HttpResponse<String> tooMany = nobody.post("/api/session", wrong);
    assertProblem(tooMany, 429, "too-many-attempts");
    assertThat(tooMany.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 2L);
    assertThat(
            ChatClient.nobody(port)
                .send(
                    nobody
                        .json("/api/session")
                        .header("X-Forwarded-For", "198.51.100.7")
                        .POST(
                            HttpRequest.BodyPublishers.ofString(
                                ChatClient.JSON.writeValueAsString(credentials(name)))))
                .statusCode())
        .as("the right password from elsewhere")
        .isEqualTo(201);
  }

  @Test
  void countsClientsThatGoInTheMiddleOfARequestAndLogsNothing() throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    root.addAppender(written);
    double before = aborts();
    for (int i = 0; i < 50; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket
            .getOutputStream()
            .write(
                "POST /api/session HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      }
    }
    root.detachAppender(written);

    assertThat(aborts() - before).isEqualTo(50);
    assertThat(written.list)
        .extracting(ILoggingEvent::getLevel)
        .doesNotContain(Level.WARN, Level.ERROR);
  }

  private double aborts() {
    return metrics.get("tercet.chat.aborts").counter().count();
  }

  @Test
  void refusesTokensThatAreNotOurs() throws Exception {
    ChatClient nobody = ChatClient.nobody(port);
    assertProblem(nobody.with("garbage").get("/api/rooms"), 401, "unauthenticated");
    assertProblem(nobody.with(serviceToken()).get("/api/rooms"), 401, "unauthenticated");
    String good = ChatClient.register(port, name()).token;
    String forged = good.substring(0, good.lastIndexOf('.')) + ".AAAA";
    assertProblem(nobody.with(forged).get("/api/rooms"), 401, "unauthenticated");
  }

  @Test
  void publishesOnlyThePublicKey() {
    JsonNode key = body(ChatClient.nobody(port).get("/.well-known/jwks.json")).get("keys").get(0);
    assertThat(key.get("alg").stringValue()).isEqualTo("ES256");
    assertThat(key.has("d")).isFalse();
  }

  @Test
  void hidesPrivateRoomsFromOthers() {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient grace = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "private");
    String path = "/api/rooms/" + room;
    assertProblem(grace.get(path), 404, "room-not-found");
    assertProblem(grace.get(path + "/members"), 404, "room-not-found");
    assertProblem(grace.get(path + "/entries?after=0"), 404, "room-not-found");
    assertProblem(grace.put(path + "/members/me"), 404, "room-not-found");
    assertProblem(grace.put(path + "/members/" + grace.personId()), 404, "room-not-found");
    assertProblem(grace.post(path + "/messages", message("c", "t")), 404, "room-not-found");
    assertThat(grace.get("/api/rooms").body()).doesNotContain(room);

    assertThat(ada.put(path + "/members/" + grace.personId()).statusCode()).isEqualTo(202);
    assertProblem(grace.get(path), 404, "room-not-found");
    assertThat(grace.put(path + "/members/me").statusCode()).isEqualTo(204);
    assertThat(body(grace.get(path)).get("member").booleanValue()).isTrue();
    assertThat(body(grace.get(path + "/members")).get("members").size()).isEqualTo(2);
    assertThat(grace.delete(path + "/members/me").statusCode()).isEqualTo(204);
    assertProblem(grace.get(path), 404, "room-not-found");
  }

  @Test
  void listsRoomsInPagesAndFindsPublicOnesByName() {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient grace = ChatClient.register(port, name());
    String word = name().replace("-", "");
    for (int i = 0; i < 5; i++) {
      ada.createRoom(word + "-" + i, "public");
    }
    ada.createRoom(word + "-hidden", "private");

    assertThat(names(ada, "/api/rooms?limit=3")).hasSize(7).contains("lobby", word + "-hidden");
    assertThat(names(ada, "/api/rooms?scope=mine&limit=2&q=" + word)).hasSize(6);
    assertThat(names(grace, "/api/rooms?scope=mine")).containsExactly("lobby");
    assertThat(names(grace, "/api/rooms?scope=public&limit=2&q=" + word.toUpperCase(Locale.ROOT)))
        .containsExactly(word + "-0", word + "-1", word + "-2", word + "-3", word + "-4");
    assertThat(names(grace, "/api/rooms?scope=public&limit=3")).contains(word + "-4", "lobby");
    assertThat(names(grace, "/api/rooms?scope=public&q=%00")).isEmpty();
    assertProblem(grace.get("/api/rooms?scope=all"), 400, "invalid-request");
    assertProblem(grace.get("/api/rooms?limit=0"), 400, "invalid-request");
    assertProblem(grace.get("/api/rooms?limit=many"), 400, "invalid-request");
    assertProblem(grace.get("/api/rooms?cursor=%00"), 400, "invalid-request");
    assertProblem(grace.get("/api/rooms?q=" + "x".repeat(65)), 400, "invalid-request");
  }

  @Test
  void listsAllRoomsOfAPersonForServices() throws Exception {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient service = ada.with(serviceToken());
    String path = "/internal/people/" + ada.personId() + "/rooms";
    String room = name();
    ada.createRoom(room, "private");

    assertThat(names(service, path + "?")).containsExactly("lobby", room);
    assertProblem(service.get(path + "?cursor=x"), 400, "invalid-request");
  }

  /// The names of all rooms in a list, page by page.
  private static List<String> names(ChatClient client, String path) {
    List<String> names = new ArrayList<>();
    JsonNode page = body(client.get(path));
    page.get("rooms").forEach(room -> names.add(room.get("name").asString()));
    while (page.has("next")) {
      page = body(client.get(path + "&cursor=" + page.get("next").asString()));
      page.get("rooms").forEach(room -> names.add(room.get("name").asString()));
    }
    return names;
  }

  @Test
  void showsAPublicRoomButNotItsLogToWhoIsNotInIt() {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient grace = ChatClient.register(port, name());
    String roomName = name();
    String path = "/api/rooms/" + ada.createRoom(roomName, "public");
    assertThat(body(grace.get(path)).get("member").booleanValue()).isFalse();
    assertProblem(grace.get(path + "/entries?after=0"), 404, "room-not-found");
    assertProblem(
        grace.post("/api/rooms", Map.of("name", roomName.toUpperCase(Locale.ROOT))),
        409,
        "room-name-taken");
    assertThat(grace.put(path + "/members/me").statusCode()).isEqualTo(204);
    assertThat(grace.put(path + "/members/me").statusCode()).isEqualTo(204);
    JsonNode page = body(grace.get(path + "/entries?after=0"));
    assertThat(page.get("entries").size()).isEqualTo(2);
    assertThat(page.get("entries").get(1).get("kind").stringValue()).isEqualTo("joined");
  }

  @Test
  void postsOnceHoweverOftenItIsSent() {
    ChatClient ada = ChatClient.register(port, name());
    String path = "/api/rooms/" + ada.createRoom(name(), "public") + "/messages";
    HttpResponse<String> first = ada.post(path, message("c1", "hello"));
    HttpResponse<String> again = ada.post(path, message("c1", "hello"));
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(body(again)).isEqualTo(body(first));
    assertProblem(ada.post(path, message("c1", "other")), 409, "client-message-id-reused");
    assertProblem(ada.post(path, message("c2", " ")), 400, "message-empty");
    assertProblem(ada.post(path, message("c2", "x".repeat(4001))), 413, "message-too-long");
    assertProblem(ada.post(path, message("c/2", "x")), 400, "invalid-request");
  }

  @Test
  void pagesThroughALog() {
    ChatClient ada = ChatClient.register(port, name());
    String room = "/api/rooms/" + ada.createRoom(name(), "public");
    String path = room + "/entries";
    for (int i = 2; i <= 6; i++) {
      ada.post(room + "/messages", message("c" + i, "m" + i));
    }
    JsonNode forwards = body(ada.get(path + "?after=1&limit=3"));
    assertThat(forwards.get("entries").get(0).get("seq").longValue()).isEqualTo(2);
    assertThat(forwards.get("entries").size()).isEqualTo(3);
    assertThat(forwards.get("more").booleanValue()).isTrue();
    JsonNode backwards = body(ada.get(path + "?before=3&limit=5"));
    assertThat(backwards.get("entries").size()).isEqualTo(2);
    assertThat(backwards.get("more").booleanValue()).isFalse();
    String epoch = forwards.get("logEpoch").stringValue();
    assertThat(body(ada.get(path + "?after=5&epoch=" + epoch)).get("entries").size()).isEqualTo(1);
    for (String otherLog : List.of("?after=5&epoch=another", "?after=7")) {
      assertThat(body(ada.get(path + otherLog)).get("entries").size()).as(otherLog).isEqualTo(6);
    }
    assertThat(body(ada.get(path + "?before=2&epoch=another")).get("entries").size()).isEqualTo(6);
    for (String bad : List.of("", "?after=1&before=2", "?after=x", "?after=1&limit=201")) {
      assertProblem(ada.get(path + bad), 400, "invalid-request");
    }
  }

  @Test
  void answersBadRequestsWithProblems() {
    ChatClient ada = ChatClient.register(port, name());
    assertProblem(ada.get("/api/nothing"), 404, "not-found");
    assertProblem(ada.get("/api/rooms/lobby"), 404, "room-not-found");
    assertProblem(ada.delete("/api/rooms"), 405, "method-not-allowed");
    assertProblem(ada.get("/api/people"), 400, "invalid-request");
    assertProblem(ada.get("/api/socket"), 400, "invalid-request");
    assertProblem(
        ada.send(ada.json("/api/rooms").POST(HttpRequest.BodyPublishers.ofString("{"))),
        400,
        "invalid-request");
    assertProblem(
        ada.send(ada.request("/api/rooms").POST(HttpRequest.BodyPublishers.ofString("x"))),
        415,
        "unsupported-media-type");
    assertProblem(ada.post("/api/rooms", Map.of("name", "x".repeat(100_000))), 413, "too-large");
  }

  @Test
  void findsAPersonByTheirFoldedName() {
    String name = name();
    ChatClient ada = ChatClient.register(port, name);
    String upper = name.toUpperCase(Locale.ROOT);
    assertThat(body(ada.get("/api/people?name=" + upper)).get("people").size()).isEqualTo(1);
    assertThat(body(ada.get("/api/people?name=nobody")).get("people").size()).isZero();
  }

  @Test
  void answersOnlyServicesInside() throws Exception {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "private");
    String path = "/internal/rooms/" + room + "/members/" + ada.personId();
    assertProblem(ada.get(path), 401, "unauthenticated");
    assertProblem(ChatClient.nobody(port).get(path), 401, "unauthenticated");

    ChatClient service = ada.with(serviceToken());
    assertThat(body(service.get(path)).get("member").booleanValue()).isTrue();
    assertThat(service.get("/internal/people/" + ada.personId() + "/rooms").body()).contains(room);
    assertProblem(
        service.get("/internal/rooms/" + UUID.randomUUID() + "/members/" + ada.personId()),
        404,
        "room-not-found");
    assertProblem(
        service.post("/internal/session/exchange", Map.of("session", "x")), 401, "session-ended");
  }

  @Test
  void tellsTheRoomOfASiteOnce() throws Exception {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "private");
    ChatClient service = ada.with(serviceToken());
    Map<String, Object> site =
        Map.of("site", "plans", "url", "http://plans.pages.localhost/", "published", true);
    Map<String, Object> event =
        Map.of("eventId", UUID.randomUUID(), "personId", ada.personId(), "site", site);

    HttpResponse<String> first = service.post("/internal/rooms/" + room + "/sites", event);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(service.post("/internal/rooms/" + room + "/sites", event).body())
        .isEqualTo(first.body());
    JsonNode entries = body(ada.get("/api/rooms/" + room + "/entries?after=1")).get("entries");
    assertThat(entries.size()).isEqualTo(1);
    assertThat(entries.get(0).get("kind").asString()).isEqualTo("site");
    assertThat(entries.get(0).get("site")).isEqualTo(ChatClient.JSON.valueToTree(site));
  }

  @Test
  void tellsServicesWhoCreatedARoom() throws Exception {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient grace = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    grace.put("/api/rooms/" + room + "/members/me");
    JsonNode rooms = body(ada.get("/api/rooms")).get("rooms");
    String lobby =
        rooms
            .valueStream()
            .filter(each -> each.get("name").asString().equals("lobby"))
            .map(each -> each.get("roomId").asString())
            .findFirst()
            .orElseThrow();

    ChatClient service = ada.with(serviceToken());

    assertThat(isCreator(service, room, ada)).isTrue();
    assertThat(isCreator(service, room, grace)).isFalse();
    assertThat(isCreator(service, lobby, ada)).isFalse();
  }

  private static boolean isCreator(ChatClient service, String room, ChatClient person) {
    JsonNode answer =
        body(service.get("/internal/rooms/" + room + "/members/" + person.personId()));
    assertThat(answer.get("member").booleanValue()).isTrue();
    return answer.get("creator").booleanValue();
  }

  @Test
  void refusesServiceTokensThatAreWrongOrLiveTooLong() throws Exception {
    ChatClient nobody = ChatClient.nobody(port);
    String path = "/internal/people/" + UUID.randomUUID() + "/rooms";
    for (String bad :
        List.of(
            serviceToken("stranger", "chat-service", 30, SECRET),
            serviceToken("web-gateway", "file-service", 30, SECRET),
            serviceToken("web-gateway", "chat-service", 3_600, SECRET),
            serviceToken("web-gateway", "chat-service", -30, SECRET),
            serviceToken("web-gateway", "chat-service", 30, "x".repeat(32)))) {
      assertProblem(nobody.with(bad).get(path), 401, "unauthenticated");
    }
    assertThat(nobody.with(serviceToken()).get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsTheRoomOfAFileOnce() throws Exception {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    ChatClient service = ada.with(serviceToken());
    Map<String, Object> file =
        Map.of(
            "fileId",
            UUID.randomUUID().toString(),
            "path",
            "a/b.txt",
            "name",
            "b.txt",
            "size",
            5,
            "sha256",
            "ab".repeat(32),
            "mediaType",
            "text/plain");
    Map<String, Object> event =
        Map.of("eventId", UUID.randomUUID(), "personId", ada.personId(), "file", file);
    HttpResponse<String> first = service.post("/internal/rooms/" + room + "/files", event);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(service.post("/internal/rooms/" + room + "/files", event).body())
        .isEqualTo(first.body());
    JsonNode entries = body(ada.get("/api/rooms/" + room + "/entries?after=1")).get("entries");
    assertThat(entries.size()).isEqualTo(1);
    assertThat(entries.get(0).get("file")).isEqualTo(ChatClient.JSON.valueToTree(file));
    assertProblem(
        service.post("/internal/rooms/" + UUID.randomUUID() + "/files", event),
        404,
        "room-not-found");
  }

  @Test
  void signsInForOtherDoors() throws Exception {
    String name = name();
    ChatClient ada = ChatClient.register(port, name);
    ChatClient service = ada.with(serviceToken());
    Map<String, String> right =
        Map.of("name", name, "password", "a long password", "clientAddress", "192.0.2.9");
    JsonNode signedIn = body(service.post("/internal/sign-in", right));
    assertThat(ada.with(signedIn.get("token").stringValue()).personId())
        .isEqualTo(signedIn.get("person").get("personId").stringValue());
    assertProblem(
        service.post(
            "/internal/sign-in",
            Map.of("name", name, "password", "wrong one", "clientAddress", "192.0.2.9")),
        401,
        "wrong-password");
  }

  @Test
  void isReadyAndCounts() {
    ChatClient management = ChatClient.nobody(managementPort);
    assertThat(management.get("/actuator/health/liveness").body()).contains("UP");
    assertThat(management.get("/actuator/health/readiness").body()).contains("UP");
    assertThat(management.get("/actuator/health").body())
        .contains("IdleSocketReaper.reap", "SessionExpiry.removeExpired");
    assertThat(management.get("/actuator/prometheus").body())
        .contains(
            "tercet_messages_sent_total", "tercet_messages_delivered_total", "tercet_sockets");
    assertThat(ChatClient.nobody(port).get("/actuator/health").statusCode()).isEqualTo(401);
  }

  static String name() {
    return "name-" + NAMES.incrementAndGet();
  }

  static Map<String, String> message(String clientMessageId, String text) {
    return Map.of("clientMessageId", clientMessageId, "text", text);
  }

  private static Map<String, String> credentials(String name) {
    return Map.of("name", name, "password", "a long password");
  }

  private static String cookie(HttpResponse<String> response) {
    String header = response.headers().firstValue("Set-Cookie").orElseThrow();
    return header.substring(header.indexOf('=') + 1, header.indexOf(';'));
  }

  private JsonNode exchange(String session) {
    try {
      return body(
          ChatClient.nobody(port)
              .with(serviceToken())
              .post("/internal/session/exchange", Map.of("session", session)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String serviceToken() throws Exception {
    return serviceToken("web-gateway", "chat-service", 60, SECRET);
  }

  private static String serviceToken(String issuer, String audience, long seconds, String secret)
      throws Exception {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(audience)
            .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
    return token.serialize();
  }
}
