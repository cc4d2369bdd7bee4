package io.tercet.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Rules of HTTP that hold for every address of the service, with or without a gateway before it.
/// The addresses are those that the controllers declare, so the next one is held to them too.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class HttpRulesTest {

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final String SOMETHING = "3f8e0f1a-53f4-4b0b-8f5e-6f1b9b1f2a10";

  @TempDir static Path folder;

  private static ChatClient ada;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping controllers;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  @BeforeAll
  static void registers(@LocalServerPort int port) {
    ada = ChatClient.register(port, "ada");
  }

  @Test
  void aMethodThatAnAddressDoesNotHaveIsAnsweredWithThoseThatItHas() {
    List<String> paths = addresses().flatMap(address -> paths(address)).distinct().toList();
    assertThat(paths).hasSizeGreaterThan(10);
    for (String path : paths) {
      Set<String> allowed =
          addresses()
              .filter(address -> paths(address).anyMatch(path::equals))
              .flatMap(address -> address.getMethodsCondition().getMethods().stream())
              .map(RequestMethod::name)
              .collect(Collectors.toCollection(TreeSet::new));
      for (String method : METHODS) {
        if (!allowed.contains(method)) {
          HttpResponse<String> answer =
              ada.send(ada.request(path).method(method, BodyPublishers.noBody()));
          assertIsProblem(answer, 405, "method-not-allowed");
          assertThat(answer.headers().firstValue("Allow").orElse("").split(", *"))
              .as("%s %s", method, path)
              .containsExactlyInAnyOrderElementsOf(allowed);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/rooms", "/.well-known/jwks.json", "/internal/x", "/nothing"})
  void aNameThatSomebodyElseMayLetLeadHereIsAnsweredAtNoAddress(
      String path, @LocalServerPort int port) throws IOException {
    assertThat(answerUnder("evil.example:8081", path, port))
        .startsWith("HTTP/1.1 421 ")
        .contains("misdirected-request");
    assertThat(answerUnder("chat-service:8081", path, port)).doesNotStartWith("HTTP/1.1 421 ");
  }

  @Test
  void noOtherNameLeadsToItsHealth(@LocalManagementPort int port) throws IOException {
    assertThat(answerUnder("evil.example", "/actuator/health", port)).startsWith("HTTP/1.1 421 ");
    assertThat(answerUnder("10.0.0.7", "/actuator/health", port)).startsWith("HTTP/1.1 200 ");
  }

  private static String answerUnder(String host, String path, int port) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request.formatted(path, host).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void whatDoesNotExistInTheWantedFormIsNotAcceptable() {
    List<String> paths =
        addresses()
            .filter(
                address -> address.getMethodsCondition().getMethods().contains(RequestMethod.GET))
            .flatMap(address -> paths(address))
            // What is not there is 404 in every form.
            .filter(path -> !path.contains(SOMETHING))
            .toList();
    assertThat(paths).hasSizeGreaterThan(3);
    for (String path : paths) {
      for (String form : List.of("text/html", "application/x-nothing", "nonsense")) {
        String query = path.equals("/api/people") ? "?name=ada" : "";
        assertIsProblem(
            ada.send(ada.request(path + query).header("Accept", form)), 406, "not-acceptable");
      }
    }
  }

  @Test
  void whatCannotBeReadIsAnsweredWithWhatToChange() {
    var rooms = ada.request("/api/rooms").header("Content-Type", "application/json");
    for (String body : List.of("", "{", "null", "[]")) {
      assertThat(ada.send(rooms.POST(BodyPublishers.ofString(body))).body())
          .contains("The body is not the JSON that belongs here.");
    }
    assertThat(ada.send(ada.request("/api/rooms?limit=many")).body())
        .contains("The value of `limit` cannot be used.");
  }

  @Test
  void aBodyOfAnotherKindIsUnsupported() {
    for (String path : List.of("/api/rooms", "/api/people", "/api/session")) {
      for (String type : List.of("text/xml", "nonsense", "application/x-www-form-urlencoded")) {
        assertIsProblem(
            ada.send(
                ada.request(path)
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("<r/>"))),
            415,
            "unsupported-media-type");
      }
      assertIsProblem(
          ada.send(ada.request(path).POST(BodyPublishers.ofString("{}"))),
          415,
          "unsupported-media-type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "BREW", "get", "PROPFIND"})
  void aMethodThatNothingHasIsAnsweredWithTheOthers(String method) {
    RawHandshake.Answer answer =
        RawHandshake.of(ada).requestLine(method + " /api/rooms HTTP/1.1").send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(405);
    assertThat(answer.problem().get("type").stringValue())
        .isEqualTo("urn:tercet:problem:method-not-allowed");
    assertThat(answer.header("Allow"))
        .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "gzip,chunked", "x, chunked"})
  void aTransferCodingBesideChunkedIsNotImplemented(String coding) {
    RawHandshake.Answer answer =
        RawHandshake.of(ada)
            .requestLine("POST /api/rooms HTTP/1.1")
            .with("Content-Type", "application/json")
            .with("Transfer-Encoding", coding)
            .body("10\r\n{\"name\":\"packed\"}\r\n0\r\n\r\n")
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(501);
    assertThat(answer.problem().get("type").stringValue())
        .isEqualTo("urn:tercet:problem:not-implemented");
    assertThat(ada.get("/api/rooms").body()).doesNotContain("packed");
  }

  @Test
  void aHeadAsLargeAsTheGatewayPassesOnIsRead() {
    HttpResponse<String> answer =
        ada.send(
            ada.request("/api/rooms?x=" + "x".repeat(8_000)).header("X", "x".repeat(20_000)).GET());

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /// What controllers of this service declare, not those of Spring.
  private Stream<RequestMappingInfo> addresses() {
    return controllers.getHandlerMethods().entrySet().stream()
        .filter(entry -> entry.getValue().getBeanType().getName().startsWith("io.tercet.chat.rest"))
        .map(java.util.Map.Entry::getKey);
  }

  private static Stream<String> paths(RequestMappingInfo address) {
    return address.getPatternValues().stream()
        .map(pattern ->
            Arrays.stream(pattern.split("/"))
                .map(name -> name.startsWith("{") ? SOMETHING : name)
                .collect(Collectors.joining("/")));
  }

  private static void assertIsProblem(HttpResponse<String> answer, int status, String slug) {
    String request = answer.request().method() + " " + answer.uri().getPath();
    assertThat(answer.statusCode()).as("%s: %s", request, answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .as(request)
        .hasValue("application/problem+json");
    assertThat(answer.body()).as(request).contains("urn:tercet:problem:" + slug + "\"");
  }
}
