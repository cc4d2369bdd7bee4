package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.frame.ClientFrame;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `access-matrix.md` says what each request and each frame gets from each kind of person. An
/// address or a frame without a row fails. On whichever database it is given.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
abstract class AccessMatrixContract {

  private static final Path MATRIX = Path.of("src/test/resources/access-matrix.md");
  private static final String FRAME = "frame ";
  private static final String SIGNED_OUT = "signed out";

  private static final Map<String, ChatClient> PEOPLE = new HashMap<>();

  @LocalServerPort int port;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping controllers;

  /// A row: what is asked, with a body if it has one, and the answer to each kind of person.
  private record Row(String request, String body, Map<String, String> answers) {

    /// The method and the address, or the frame.
    String target() {
      return request.replaceAll("\\?.*", "");
    }
  }

  static void start(DynamicPropertyRegistry properties, Path folder) {
    ChatServiceContract.start(properties, folder);
    // One person invites another one into many rooms here.
    properties.add("tercet.invitations.per-person-max", () -> "1000");
    properties.add("tercet.invitations.from-one-inviter-max", () -> "1000");
    properties.add("tercet.invitations.per-inviter-max", () -> "10000");
  }

  @BeforeAll
  static void everybodyEnters(@LocalServerPort int port) throws Exception {
    for (String kind : List.of("stranger", "invited", "member", "owner", "left", "other")) {
      PEOPLE.put(kind, ChatClient.register(port, kind));
    }
    PEOPLE.put("guest", guest(port));
    PEOPLE.put(SIGNED_OUT, ChatClient.nobody(port));
  }

  private static ChatClient guest(int port) throws Exception {
    ChatClient nobody = ChatClient.nobody(port);
    String cookie =
        nobody
            .post("/api/session", Map.of("name", "guest"))
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    String secret = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    HttpResponse<String> exchanged =
        nobody
            .with(ChatServiceContract.serviceToken())
            .post("/internal/session/exchange", Map.of("session", secret));
    return nobody.with(body(exchanged).get("token").stringValue());
  }

  @Test
  void everyAddressAndEveryFrameHasARow() throws IOException {
    Stream<String> addresses =
        controllers.getHandlerMethods().entrySet().stream()
            .filter(each -> each.getValue().getBeanType().getName().startsWith("io.tercet."))
            .map(Map.Entry::getKey)
            .flatMap(address ->
                address.getMethodsCondition().getMethods().stream()
                    .flatMap(method ->
                        address.getPatternValues().stream().map(path -> method + " " + path)));
    Stream<String> frames =
        Arrays.stream(ClientFrame.class.getPermittedSubclasses())
            .map(frame -> FRAME + frame.getSimpleName().toLowerCase(Locale.ROOT));

    assertThat(rows().map(Row::target))
        .containsExactlyInAnyOrderElementsOf(Stream.concat(addresses, frames).toList());
  }

  /// In the order of the file: its last request ends the sessions.
  @ParameterizedTest
  @MethodSource("rows")
  void everyKindOfPersonGetsWhatTheMatrixSays(Row row) {
    Map<String, Situation> situations = new HashMap<>();
    row.answers().keySet().forEach(kind -> situations.put(kind, new Situation()));

    Map<String, String> answers = new HashMap<>();
    situations.forEach((kind, situation) -> answers.put(kind, situation.answer(row, kind)));

    assertThat(answers).isEqualTo(row.answers());
  }

  static Stream<Row> rows() throws IOException {
    List<List<String>> table =
        Files.readAllLines(MATRIX).stream()
            .filter(line -> line.startsWith("| "))
            .map(line ->
                Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                    .map(cell -> cell.strip().replace("`", ""))
                    .toList())
            .toList();
    List<String> kinds = table.getFirst().subList(2, table.getFirst().size());
    assertThat(Set.copyOf(kinds))
        .isEqualTo(Set.of("stranger", "invited", "member", "owner", "left", "guest", SIGNED_OUT));
    return table.stream()
        .skip(1)
        .map(row ->
            new Row(
                row.get(0),
                row.get(1),
                kinds.stream()
                    .collect(
                        Collectors.toMap(kind -> kind, kind -> row.get(2 + kinds.indexOf(kind))))));
  }

  /// A private room: `owner` made it, `member` and `guest` are in it, `left` was, `invited` has an
  /// invitation. Its fifth entry is a message of `member`.
  private final class Situation {

    private final String roomId = person("owner").createRoom(unique(), "private");
    private final String seq;

    Situation() {
      for (String kind : List.of("member", "guest", "left")) {
        invite(kind);
        done(person(kind).put(path("/members/me")), 204);
      }
      HttpResponse<String> sent =
          person("member").post(path("/messages"), Map.of("clientMessageId", "c", "text", "hello"));
      done(sent, 201);
      seq = body(sent).get("seq").toString();
      done(person("left").delete(path("/members/me")), 204);
      invite("invited");
    }

    private void invite(String kind) {
      done(person("owner").put(path("/members/" + person(kind).personId())), 202);
    }

    private String path(String rest) {
      return "/api/rooms/" + roomId + rest;
    }

    String answer(Row row, String kind) {
      return row.request().startsWith(FRAME)
          ? answerToFrame(row, kind)
          : answerToRequest(row, kind);
    }

    private String answerToRequest(Row row, String kind) {
      String[] request = filled(row.request()).split(" ");
      ChatClient person = person(kind);
      HttpResponse<String> answer =
          person.send(
              row.body().isEmpty()
                  ? person.request(request[1]).method(request[0], BodyPublishers.noBody())
                  : person
                      .json(request[1])
                      .method(request[0], BodyPublishers.ofString(filled(row.body()))));
      return outcome(answer.statusCode(), answer.body());
    }

    private String answerToFrame(Row row, String kind) {
      if (kind.equals(SIGNED_OUT)) {
        RawHandshake.Answer refused = RawHandshake.of(person(kind)).without("Authorization").send();
        return outcome(refused.status(), refused.body());
      }
      TestSocket socket = person(kind).socket();
      socket.next("welcome");
      ObjectNode frame = (ObjectNode) ChatClient.JSON.readTree(filled(row.body()));
      frame.put("type", row.request().substring(FRAME.length()));
      frame.put("requestId", "r");
      socket.send(frame);
      JsonNode answer = socket.next(any -> any.path("requestId").asString("").equals("r"));
      socket.close();
      String type = TestSocket.type(answer);
      return type.equals("error") ? "error " + answer.get("problem").stringValue() : type;
    }

    private String filled(String text) {
      return text.replace("{roomId}", roomId)
          .replace("{seq}", seq)
          .replace("{emoji}", "%F0%9F%91%8D")
          .replace("{picture}", "0".repeat(64))
          .replace("{personId}", person("other").personId())
          .replace("{unique}", unique());
    }
  }

  private static String outcome(int status, String body) {
    return status < 400
        ? "" + status
        : status
            + " "
            + ChatClient.JSON
                .readTree(body)
                .get("type")
                .stringValue()
                .replace("urn:tercet:problem:", "");
  }

  private static ChatClient person(String kind) {
    return PEOPLE.get(kind);
  }

  private static String unique() {
    return "u" + UUID.randomUUID().toString().substring(0, 23);
  }

  private static void done(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }
}
