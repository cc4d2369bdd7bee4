package io.tercet.files;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// chat-service as contracts/internal.md describes it, with people and rooms that a test chooses.
public final class ChatStub implements AutoCloseable {
  static final String SECRET = "a secret of services that is long enough";

  private static final int ROOMS_IN_A_PAGE = 2;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ECKey key;
  private final Map<UUID, String> rooms = new ConcurrentHashMap<>();
  private final Map<UUID, Set<UUID>> members = new ConcurrentHashMap<>();
  private final Map<UUID, UUID> creators = new ConcurrentHashMap<>();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<JsonNode> sites = new CopyOnWriteArrayList<>();
  private final List<JsonNode> confirmed = new CopyOnWriteArrayList<>();
  private final List<UUID> tries = new CopyOnWriteArrayList<>();
  private final List<String> requestIds = new CopyOnWriteArrayList<>();
  private volatile int failures;
  private volatile boolean throttled;
  private volatile boolean confirmsNothing;

  private record Account(Person person, String password) {}

  /// An event about a file in a room.
  public record Event(UUID eventId, UUID roomId, UUID personId, JsonNode file) {}

  private ChatStub(HttpServer server, ECKey key) {
    this.server = server;
    this.key = key;
  }

  public static ChatStub start() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    ChatStub stub = new ChatStub(server, new ECKeyGenerator(Curve.P_256).keyID("k1").generate());
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", stub::handle);
    server.start();
    return stub;
  }

  /// Writes the secret of the services where a service with this data folder looks for it.
  public static void writeSecret(Path data) throws IOException {
    Files.writeString(data.resolve("service-secret"), SECRET + "\n");
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Person person(String name) {
    return new Person(UUID.randomUUID(), name, false);
  }

  public void account(Person person, String password) {
    accounts.put(person.name(), new Account(person, password));
  }

  /// A room that the first of these people created.
  public UUID room(String name, Person... people) {
    UUID room = roomOfNobody(name, people);
    if (people.length > 0) {
      creators.put(room, people[0].personId());
    }
    return room;
  }

  /// A room like the lobby.
  public UUID roomOfNobody(String name, Person... people) {
    UUID room = UUID.randomUUID();
    rooms.put(room, name);
    Set<UUID> ids = ConcurrentHashMap.newKeySet();
    for (Person person : people) {
      ids.add(person.personId());
    }
    members.put(room, ids);
    return room;
  }

  public void leave(UUID room, Person person) {
    members.getOrDefault(room, Set.of()).remove(person.personId());
  }

  /// Answers the next events with 500.
  public void failNext(int count) {
    failures = count;
  }

  /// Refuses every sign-in as one of too many, or none any more.
  public void throttleSignIns(boolean yes) {
    throttled = yes;
  }

  /// The events that were accepted, each once.
  public List<Event> events() {
    return events;
  }

  public List<Event> events(UUID room) {
    return events.stream().filter(event -> event.roomId().equals(room)).toList();
  }

  /// The events about sites, as they came.
  public List<JsonNode> sites() {
    return sites;
  }

  /// The files of messages that were confirmed, as they came.
  public List<JsonNode> confirmed() {
    return confirmed;
  }

  /// Whether it is a version that does not know of files of messages.
  public void confirmNothing(boolean yes) {
    confirmsNothing = yes;
  }

  /// The ids of all attempts, also of those that failed.
  public List<UUID> tries() {
    return tries;
  }

  public String token(Person person) {
    return token(person, Instant.now().plusSeconds(300));
  }

  public String token(Person person, Instant end) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer("tercet")
            .audience("tercet")
            .subject(person.personId().toString())
            .claim("name", person.name())
            .claim("guest", person.guest())
            .claim("sid", UUID.randomUUID().toString())
            .expirationTime(Date.from(end))
            .build();
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// A token of another service for file-service.
  public String serviceToken(String issuer) throws Exception {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience("file-service")
            .expirationTime(Date.from(Instant.now().plusSeconds(50)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner(SECRET));
    return token.serialize();
  }

  /// The ids of the requests that have one.
  public List<String> requestIds() {
    return List.copyOf(requestIds);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String requestId = exchange.getRequestHeaders().getFirst("X-Request-Id");
    if (requestId != null) {
      requestIds.add(requestId);
    }
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String[] parts = path.split("/");
    if (path.equals("/.well-known/jwks.json")) {
      answer(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
    } else if (!knows(exchange)) {
      problem(exchange, 401, "unauthenticated");
    } else if (path.equals("/internal/sign-in")) {
      signIn(exchange, JSON.readTree(body));
    } else if (parts.length == 5 && parts[2].equals("people")) {
      roomsOf(exchange, UUID.fromString(parts[3]));
    } else if (parts.length == 6 && parts[4].equals("members")) {
      member(exchange, UUID.fromString(parts[3]), UUID.fromString(parts[5]));
    } else if (parts.length == 5 && parts[4].equals("sites")) {
      sites.add(JSON.readTree(body));
      answer(exchange, 200, "{\"seq\":1}");
    } else if (parts.length == 5 && parts[4].equals("confirmed-files") && !confirmsNothing) {
      confirmed.add(JSON.readTree(body));
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    } else if (parts.length == 5 && parts[4].equals("files")) {
      file(exchange, UUID.fromString(parts[3]), JSON.readTree(body));
    } else {
      problem(exchange, 404, "not-found");
    }
  }

  private boolean knows(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    try {
      SignedJWT token = SignedJWT.parse(String.valueOf(header).substring("Bearer ".length()));
      return token.verify(new MACVerifier(SECRET))
          && token.getJWTClaimsSet().getIssuer().equals("file-service")
          && token.getJWTClaimsSet().getAudience().contains("chat-service")
          && token.getJWTClaimsSet().getExpirationTime().after(new Date())
          && token
              .getJWTClaimsSet()
              .getExpirationTime()
              .before(Date.from(Instant.now().plusSeconds(60)));
    } catch (Exception e) {
      return false;
    }
  }

  private void signIn(HttpExchange exchange, JsonNode body) throws IOException {
    if (throttled) {
      problem(exchange, 429, "too-many-attempts");
      return;
    }
    Account account = accounts.get(body.get("name").asString());
    if (account == null || !account.password().equals(body.get("password").asString())) {
      problem(exchange, 401, "wrong-password");
      return;
    }
    Map<String, Object> person =
        Map.of(
            "personId", account.person().personId(),
            "name", account.person().name(),
            "guest", account.person().guest());
    answer(
        exchange,
        200,
        JSON.writeValueAsString(
            Map.of(
                "token", token(account.person()),
                "expiresAt", Instant.now().plusSeconds(300).toString(),
                "person", person)));
  }

  private void roomsOf(HttpExchange exchange, UUID person) throws IOException {
    List<Map<String, Object>> mine =
        members.entrySet().stream()
            .filter(entry -> entry.getValue().contains(person))
            .map(entry -> Map.<String, Object>of("roomId", entry.getKey(), "name", name(entry)))
            .toList();
    String query = exchange.getRequestURI().getQuery();
    int from = query == null ? 0 : Integer.parseInt(query.substring("cursor=".length()));
    int to = Math.min(from + ROOMS_IN_A_PAGE, mine.size());
    Map<String, Object> page = new HashMap<>(Map.of("rooms", mine.subList(from, to)));
    if (to < mine.size()) {
      page.put("next", String.valueOf(to));
    }
    answer(exchange, 200, JSON.writeValueAsString(page));
  }

  private String name(Map.Entry<UUID, Set<UUID>> entry) {
    return rooms.get(entry.getKey());
  }

  private void member(HttpExchange exchange, UUID room, UUID person) throws IOException {
    if (!rooms.containsKey(room)) {
      problem(exchange, 404, "room-not-found");
      return;
    }
    boolean member = members.get(room).contains(person);
    boolean creator = person.equals(creators.get(room));
    answer(
        exchange,
        200,
        JSON.writeValueAsString(
            Map.of("member", member, "creator", creator, "roomName", rooms.get(room))));
  }

  private synchronized void file(HttpExchange exchange, UUID room, JsonNode body)
      throws IOException {
    UUID eventId = UUID.fromString(body.get("eventId").asString());
    tries.add(eventId);
    if (failures > 0) {
      failures--;
      problem(exchange, 500, "internal-error");
      return;
    }
    if (!rooms.containsKey(room)) {
      problem(exchange, 404, "room-not-found");
      return;
    }
    if (events.stream().noneMatch(event -> event.eventId().equals(eventId))) {
      UUID person = UUID.fromString(body.get("personId").asString());
      events.add(new Event(eventId, room, person, body.get("file")));
    }
    answer(exchange, 200, "{\"seq\":" + events.size() + "}");
  }

  private static void problem(HttpExchange exchange, int status, String slug) throws IOException {
    answer(exchange, status, "{\"type\":\"urn:tercet:problem:" + slug + "\"}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
