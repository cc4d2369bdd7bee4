package io.tercet.system.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Caller;
import io.tercet.system.client.Person;
import io.tercet.system.client.RawConnection;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no HTTP client would send, octet by octet: to the front door, and to the raw server itself.
@DrivesTheStack
class RawHttpTest {

  private static final int HEADERS_MAX = 10_000;

  /// `tercet.limit.request-line` and `tercet.limit.request-headers` of the gateway.
  private static final int LINE_MAX = 8 * 1024;

  private static final int FIELDS_MAX = 16 * 1024;

  private final Stack stack;

  RawHttpTest(Stack stack) {
    this.stack = stack;
  }

  @AfterEach
  void theStackKeepsServing() {
    assertThat(Caller.stranger(stack).get("/").status()).isEqualTo(200);
  }

  /// What must be so for both.
  abstract class Door {

    abstract InetSocketAddress address();

    @Test
    void refusesARequestLineOfAMegabyte() throws IOException {
      assertThat(status("GET /" + "x".repeat(1 << 20) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .isEqualTo(414);
    }

    @Test
    void refusesHeadersWithoutEnd() throws IOException {
      try (RawConnection connection = RawConnection.to(address())) {
        connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
        for (int header = 0; header < HEADERS_MAX && connection.send(header(header)); header++) {
          // Until it has had enough.
        }

        assertThat(connection.statusLine()).startsWith("HTTP/1.1 431 ");
      }
    }

    @Test
    void refusesOneHeaderThatIsTooLong() throws IOException {
      assertThat(
              status("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "v".repeat(100_000) + "\r\n\r\n"))
          .isEqualTo(431);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tercet.system.badinput.RawHttpTest#smuggling")
    void refusesToGuess(String what, String request) throws IOException {
      // 501 is the word of RFC 9112 §6.1 for a coding that is not known.
      assertThat(status(request)).as(what).isIn(400, 501);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.tercet.system.badinput.RawHttpTest#otherHttp")
    void speaksNothingElse(int status, String request) throws IOException {
      assertThat(status(request)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5;", "5;;", "5;@", "5;a=\"b", "5;a=\u00ff"})
    void refusesAMalformedChunk(String line) throws IOException {
      assertThat(
              status(
                  "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + line
                      + "\r\nhello\r\n0\r\n\r\n"))
          .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "BREW", "get", "CONNECT"})
    void saysWhichMethodsItHas(String method) throws IOException {
      String target = method.equals("CONNECT") ? "localhost:80" : "/";
      try (RawConnection connection = RawConnection.to(address())) {
        connection.send(
            method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(connection.rest())
            .startsWith("HTTP/1.1 405 ")
            .containsPattern("(?im)^Allow: .*GET.*HEAD");
      }
    }

    @Test
    void answersNothingBehindARequestItRefused() throws IOException {
      try (RawConnection connection = RawConnection.to(address())) {
        connection.send(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n"
                + "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(connection.rest()).containsOnlyOnce("HTTP/1.1 4").doesNotContain("HTTP/1.1 2");
      }
    }

    private static String header(int number) {
      return "X-" + number + ": " + "v".repeat(500) + "\r\n";
    }

    int status(String request) throws IOException {
      try (RawConnection connection = RawConnection.to(address())) {
        connection.send(request);
        String line = connection.statusLine();
        assertThat(line).startsWith("HTTP/1.1 ");
        return Integer.parseInt(line.substring(9, 12));
      }
    }
  }

  static Object[][] otherHttp() {
    String host = "Host: localhost\r\n";
    return new Object[][] {
      {505, "GET / HTTP/0.9\r\n" + host + "\r\n"},
      {505, "GET / HTTP/9.9\r\n" + host + "\r\n"},
      {400, "GET / http/1.1\r\n" + host + "\r\n"},
      {400, "GET /\r\n\r\n"},
      {400, "GET  / HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET /caf\u00e9 HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET /a#b HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET a HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET * HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET localhost:80 HTTP/1.1\r\n" + host + "\r\n"},
      {204, "OPTIONS * HTTP/1.1\r\n" + host + "\r\n"},
      {200, "GET http://localhost/ HTTP/1.1\r\n" + host + "\r\n"},
      {200, "GET HTTP://LOCALHOST:80 HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET http://blog.pages.localhost/ HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET http://localhost/ HTTP/1.1\r\nHost: blog.pages.localhost\r\n\r\n"},
      {400, "GET http://me@localhost/ HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET https://localhost/ HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET ftp://localhost/ HTTP/1.1\r\n" + host + "\r\n"},
      {400, "GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n"},
      {417, "GET / HTTP/1.1\r\n" + host + "Expect: tea\r\n\r\n"},
      {501, "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
    };
  }

  static Object[][] smuggling() {
    String host = "Host: localhost\r\n";
    return new Object[][] {
      {
        "two Content-Length",
        "POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"
      },
      {
        "Content-Length with Transfer-Encoding",
        "POST / HTTP/1.1\r\n"
            + host
            + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      },
      {"a bare LF behind the request line", "GET / HTTP/1.1\n" + host + "\r\n"},
      {"a bare LF behind a header", "GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n"},
      {
        "a Content-Length that is no number",
        "POST / HTTP/1.1\r\n" + host + "Content-Length: +1\r\n\r\n"
      },
      {
        "a transfer coding that nobody knows",
        "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"
      },
      {"blanks before a colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n"},
      {"two Host", "GET / HTTP/1.1\r\n" + host + host + "\r\n"},
      {"no Host", "GET / HTTP/1.1\r\n\r\n"},
    };
  }

  @Nested
  class TheFrontDoor extends Door {
    @Override
    InetSocketAddress address() {
      return stack.frontDoor();
    }

    /// A request line of 8 KiB and headers of 16 KiB; the gateway adds to them.
    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/rooms", "/api/files/people/me/", "/api/sites"})
    void passesTheLargestHeadToEveryService(String path) throws IOException {
      Person ada = Person.guest(stack, "ada");
      String line = "GET " + path + "?x=" + " HTTP/1.1";
      String fields =
          "Host: localhost\r\nConnection: close\r\nCookie: " + ada.cookie() + "\r\nX: \r\n";
      String most =
          line.replace("?x=", "?x=" + "x".repeat(LINE_MAX - line.length()))
              + "\r\n"
              + fields.replace("X: ", "X: " + "x".repeat(FIELDS_MAX - fields.length()))
              + "\r\n";

      assertThat(status(most)).isEqualTo(200);
      assertThat(status(most.replace("?x=", "?xx="))).isEqualTo(414);
      assertThat(status(most.replace("X: ", "X: x"))).isEqualTo(431);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/", "/api/session", "/api/rooms", "/api/files/people/me/", "/api/socket"})
    void opensToNoPageOnAnotherName(String path) throws IOException {
      Person ada = Person.guest(stack, "ada");

      assertThat(
              status(
                  "GET "
                      + path
                      + " HTTP/1.1\r\nHost: evil.example:"
                      + stack.port()
                      + "\r\nOrigin: http://evil.example:"
                      + stack.port()
                      + "\r\nCookie: "
                      + ada.cookie()
                      + "\r\n\r\n"))
          .isEqualTo(421);
    }
  }

  @Nested
  class TheRawServer extends Door {
    @Override
    InetSocketAddress address() {
      Assumptions.assumeTrue(
          stack.pages().isPresent(),
          "left out: this stack's http-raw-server is behind its gateway");
      return stack.pages().orElseThrow();
    }
  }
}
