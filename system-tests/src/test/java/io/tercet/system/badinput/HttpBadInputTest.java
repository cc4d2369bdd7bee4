package io.tercet.system.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Answer;
import io.tercet.system.client.Caller;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that must be refused, by the problem that the contract names.
@DrivesTheStack
class HttpBadInputTest {

  private static final String NOWHERE = "3f8e0f1a-53f4-4b0b-8f5e-6f1b9b1f2a10";

  private final Stack stack;
  private final Caller stranger;

  HttpBadInputTest(Stack stack) {
    this.stack = stack;
    this.stranger = Caller.stranger(stack);
  }

  @AfterEach
  void theStackKeepsServing() {
    assertThat(stranger.get("/").status()).isEqualTo(200);
    assertThat(stranger.get("/api/session").status()).isEqualTo(401);
    assertThat(stranger.get("/api/sites").status()).isEqualTo(401);
  }

  @Nested
  class SigningIn {

    @Test
    void refusesAWrongPassword() {
      Person ada = Person.registered(stack, "ada");

      assertThat(enter(Map.of("name", ada.name(), "password", "not the password")))
          .isEqualTo("401 wrong-password");
      assertThat(enter(Map.of("name", Fresh.name("nobody"), "password", "not the password")))
          .isEqualTo("401 wrong-password");
    }

    @Test
    void refusesANameThatBelongsToSomebody() {
      Person ada = Person.registered(stack, "ada");
      Map<String, String> folded =
          Map.of("name", ada.name().toUpperCase(Locale.ROOT), "password", "12345678");

      assertThat(enter(Map.of("name", ada.name()))).isEqualTo("409 name-taken");
      assertThat(stranger.post("/api/people", folded).outcome()).isEqualTo("409 name-taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-ada", "a b", "a/b", "ada\u0000", "👋", "ada\u202e"})
    void refusesANameThatCannotBeOne(String name) {
      assertThat(enter(Map.of("name", name))).isEqualTo("400 invalid-name");
    }

    @Test
    void refusesANameOf33Characters() {
      assertThat(enter(Map.of("name", "a".repeat(33)))).isEqualTo("400 invalid-name");
    }

    private String enter(Map<String, String> body) {
      return stranger.post("/api/session", body).outcome();
    }
  }

  @Nested
  class WithoutARight {

    @ParameterizedTest
    @ValueSource(strings = {"/api/rooms", "/api/files/people/me/", "/api/sites", "/api/session"})
    void asksAStrangerToSignIn(String path) {
      assertThat(stranger.get(path).outcome()).isEqualTo("401 unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "x",
          "a.b.c",
          // {"alg":"none"} {"iss":"tercet","aud":"tercet","sub":"3f8e…","exp":4102444800}
          "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ0ZXJjZXQiLCJhdWQiOiJ0ZXJjZXQiLCJzdWIiOiIzZjhlMGYxYS01M2Y0LT"
              + "RiMGItOGY1ZS02ZjFiOWIxZjJhMTAiLCJleHAiOjQxMDI0NDQ4MDB9."
        })
    void refusesATokenThatIsNotOurs(String token) {
      Caller forger = stranger.with("Authorization", "Bearer " + token);

      assertThat(forger.get("/api/rooms").status()).isEqualTo(401);
      assertThat(forger.get("/api/files/people/me/").status()).isEqualTo(401);
    }

    @Test
    void refusesATokenWhoseSignatureWasChanged() {
      String token = Person.guest(stack, "ada").token();
      int middle = token.lastIndexOf('.') + 20;
      char other = token.charAt(middle) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, middle) + other + token.substring(middle + 1);
      Caller forger = stranger.with("Authorization", "Bearer " + forged);

      assertThat(forger.get("/api/rooms").outcome()).isEqualTo("401 unauthenticated");
      assertThat(forger.get("/api/files/people/me/").outcome()).isEqualTo("401 unauthenticated");
    }

    @Test
    void refusesACookieAfterItsSessionEnded() {
      Person ada = Person.guest(stack, "ada");
      ada.browser().delete("/api/session").expect(204);

      assertThat(ada.browser().get("/api/rooms").outcome())
          .isIn("401 session-ended", "401 unauthenticated");
    }

    @Test
    void refusesAChangeFromAnotherSite() {
      Person ada = Person.guest(stack, "ada");
      Caller lured = stranger.with("Cookie", ada.cookie());
      Map<String, String> room = Map.of("name", Fresh.name("room"));

      assertThat(lured.with("Origin", "http://evil.example").post("/api/rooms", room).outcome())
          .isEqualTo("403 foreign-origin");
      assertThat(lured.with("Origin", "null").post("/api/rooms", room).outcome())
          .isEqualTo("403 foreign-origin");
      assertThat(lured.post("/api/rooms", room).outcome()).isEqualTo("403 foreign-origin");
      assertThat(lured.upload("/api/files/people/me/x", new byte[1]).outcome())
          .isEqualTo("403 foreign-origin");
    }

    @Test
    void believesNoHeaderThatNamesAPerson() {
      Person ada = Person.guest(stack, "ada");

      assertThat(
              stranger
                  .with("X-Tercet-Person", ada.personId())
                  .with("X-Forwarded-User", ada.name())
                  .with("X-User", ada.name())
                  .get("/api/rooms")
                  .status())
          .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/internal/people/" + NOWHERE + "/rooms",
          "/internal/sites?after=0&wait=0",
          "/actuator/health",
          "/actuator/prometheus",
          "/metrics",
          "/api/../internal/sites",
          "/api/rooms/..%2f..%2finternal/sites"
        })
    void leadsNobodyBehindTheDoor(String path) {
      assertThat(stranger.get(path).text())
          .doesNotContain("revision", "\"rooms\"", "\"status\":\"UP\"", "# HELP");
    }
  }

  @Nested
  class Talking {

    private final Person ada = Person.guest(stack, "ada");

    @Test
    void knowsNoRoomThatIsNotThere() {
      assertThat(ada.browser().get("/api/rooms/" + NOWHERE).outcome())
          .isEqualTo("404 room-not-found");
      for (String read : List.of("/entries?after=0", "/messages?after=0", "/messages/1")) {
        assertThat(ada.browser().get("/api/rooms/" + NOWHERE + read).outcome())
            .isEqualTo("404 room-not-found");
      }
      assertThat(say(NOWHERE, "c1", "hello")).isEqualTo("404 room-not-found");
    }

    @Test
    void refusesAMessageThatIsTooLongOrEmpty() {
      String room = ada.createsRoom("limits");

      assertThat(say(room, "c1", "👋".repeat(4_001))).isEqualTo("413 message-too-long");
      assertThat(say(room, "c2", " \n ")).isEqualTo("400 message-empty");
      assertThat(say(room, "c3", "👋".repeat(4_000))).isEqualTo("201");
    }

    @Test
    void refusesASecondRoomOfOneName() {
      Map<String, String> room = Map.of("name", Fresh.name("twice"));
      ada.browser().post("/api/rooms", room).expect(201);

      assertThat(ada.browser().post("/api/rooms", room).outcome()).isEqualTo("409 room-name-taken");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{                                | 400 invalid-request",
          "[]                               | 400 invalid-request",
          "{\"name\":7,\"topic\":{}}        | 400 invalid-request",
          "{\"name\":\"../etc\"}            | 400 invalid-name",
          "{\"name\":\"r\",\"visibility\":\"secret\"} | 400 invalid-request"
        })
    void refusesABodyThatMakesNoSense(String body, String outcome) {
      Answer answer =
          ada.browser()
              .with("Content-Type", "application/json")
              .send("POST", "/api/rooms", BodyPublishers.ofString(body));

      assertThat(answer.outcome()).isEqualTo(outcome);
    }

    @Test
    void understandsNoOtherKindOfBody() {
      Answer answer =
          ada.browser()
              .with("Content-Type", "text/xml")
              .send("POST", "/api/rooms", BodyPublishers.ofString("<r/>"));

      assertThat(answer.outcome()).isEqualTo("415 unsupported-media-type");
    }

    @Test
    void doesNothingByAMethodThatIsNotThere() {
      assertThat(ada.browser().delete("/api/rooms").outcome()).isEqualTo("405 method-not-allowed");
    }

    private String say(String room, String id, String text) {
      return ada.browser()
          .post("/api/rooms/" + room + "/messages", Map.of("clientMessageId", id, "text", text))
          .outcome();
    }
  }

  @Nested
  class Sharing {

    private final Person ada = Person.guest(stack, "ada");

    @Test
    void refusesARangePastTheEnd() {
      String path = "/api/files/people/me/ten.txt";
      ada.browser().upload(path, "0123456789".getBytes(UTF_8)).expect(201);

      Answer answer = ada.browser().with("Range", "bytes=10-").get(path);

      assertThat(answer.outcome()).isEqualTo("416 invalid-range");
      assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
    }

    @Test
    void refusesBytesThatAreNotTheAnnouncedOnes() {
      String path = "/api/files/people/me/digest.txt";
      Caller announcing =
          ada.browser()
              .with("Repr-Digest", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");

      assertThat(announcing.upload(path, new byte[1]).outcome()).isEqualTo("422 digest-mismatch");
      assertThat(ada.browser().get(path).outcome()).isEqualTo("404 file-not-found");
    }

    @Test
    void knowsNoFileThatIsNotThere() {
      assertThat(ada.browser().get("/api/files/people/me/nothing.txt").outcome())
          .isEqualTo("404 file-not-found");
      assertThat(ada.browser().delete("/api/files/people/me/nothing.txt").outcome())
          .isEqualTo("404 file-not-found");
    }

    @Test
    void opensNobodyElsesFolder() {
      Person grace = Person.guest(stack, "grace");

      assertThat(ada.browser().get("/api/files/people/" + grace.personId() + "/").status())
          .isIn(400, 403, 404);
    }
  }
}
