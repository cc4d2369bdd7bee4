package io.tercet.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules of HTTP that hold for every address of the service, with or without a gateway before it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpRulesTest {
  private static final String MINE = "/api/files/people/me/";
  private static final String SOMETHING = "3f8e0f1a-53f4-4b0b-8f5e-6f1b9b1f2a10";

  /// What each address has.
  private static final Map<String, List<String>> ADDRESSES =
      Map.of(
          MINE + "x",
          List.of("GET", "PUT", "POST", "DELETE"),
          "/api/sites",
          List.of("GET"),
          "/api/sites/x",
          List.of("PUT", "DELETE"));

  private ChatStub chat;
  private RunningService service;
  private Person ada;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service = RunningService.start(data, chat);
    ada = chat.person("ada");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @Test
  void aMethodThatAnAddressDoesNotHaveIsAnsweredWithThoseThatItHas() throws Exception {
    for (String path : ADDRESSES.keySet()) {
      for (String method : List.of("GET", "PUT", "POST", "PATCH", "DELETE")) {
        if (!ADDRESSES.get(path).contains(method)) {
          Answer answer = service.send(ada, method, path, new byte[0]);
          assertThat(answer.problem())
              .as("%s %s", method, path)
              .isEqualTo("405 method-not-allowed");
          assertThat(answer.header("Allow").split(", *"))
              .as("%s %s", method, path)
              .containsExactlyInAnyOrderElementsOf(ADDRESSES.get(path));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/sites", "/internal/sites", "/nothing"})
  void aNameThatSomebodyElseMayLetLeadHereIsAnsweredAtNoAddress(String path) throws Exception {
    assertThat(answerUnder("evil.example:8082", path))
        .startsWith("HTTP/1.1 421 ")
        .contains("misdirected-request");
    assertThat(answerUnder("file-service:8082", path)).doesNotStartWith("HTTP/1.1 421 ");
  }

  private String answerUnder(String host, String path) throws Exception {
    return service.raw(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nX-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BREW", "get", "PROPFIND"})
  void aMethodThatNothingHasIsAnsweredWithTheOthers(String method) throws Exception {
    String answer =
        service.raw(
            method
                + " /api/sites HTTP/1.1\r\nHost: localhost\r\n"
                + service.bearer(ada)
                + "Connection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 405 ").contains("method-not-allowed");
    assertThat(answer).containsPattern("(?m)^Allow: .*GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/png", "application/x-nothing", "nonsense"})
  void whatDoesNotExistInTheWantedFormIsNotAcceptable(String form) throws Exception {
    assertThat(service.get(ada, "/api/sites", "Accept", form).problem())
        .isEqualTo("406 not-acceptable");
    assertThat(service.get(ada, MINE, "Accept", form).problem()).isEqualTo("406 not-acceptable");
    assertThat(service.get(ada, "/api/files/usage", "Accept", form).problem())
        .isEqualTo("406 not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/xml", "nonsense", "text/plain"})
  void aBodyOfAnotherKindIsUnsupported(String type) throws Exception {
    for (Map.Entry<String, String> address :
        Map.of("/api/files/moves", "POST", "/api/sites/x", "PUT", MINE, "POST").entrySet()) {
      Answer answer =
          service.send(
              ada, address.getValue(), address.getKey(), new byte[1], "Content-Type", type);
      assertThat(answer.problem()).as(address.getKey()).isEqualTo("415 unsupported-media-type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "gzip,chunked", "x, chunked", "identity, chunked"})
  void aTransferCodingBesideChunkedIsNotImplemented(String coding) throws Exception {
    String answer =
        service.raw(
            "PUT "
                + MINE
                + "packed HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                + coding
                + "\r\n"
                + service.bearer(ada)
                + "\r\n3\r\nabc\r\n0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 501 ").contains("urn:tercet:problem:not-implemented");
    assertThat(service.names(ada, MINE)).doesNotContain("packed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/0.9", "HTTP/9.9"})
  void anotherVersionIsNotSupported(String version) throws Exception {
    assertThat(service.raw("GET /api/sites " + version + "\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 505 ")
        .contains("urn:tercet:problem:version-not-supported");
  }

  @Test
  void aHeadAsLargeAsTheGatewayPassesOnIsRead() throws Exception {
    String path = MINE + "?x=" + SOMETHING.repeat(200);

    assertThat(service.get(ada, path, "X", "x".repeat(20_000)).problem())
        .doesNotContain("431")
        .isNotEqualTo("400 invalid-request");
  }
}
