package io.tercet.system.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Caller;
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

/// What no HTTP client would send, octet by octet: to the front door, and to the raw server itself.
@DrivesTheStack
class RawHttpTest {

  private static final int HEADERS_MAX = 10_000;

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

    private int status(String request) throws IOException {
      try (RawConnection connection = RawConnection.to(address())) {
        connection.send(request);
        String line = connection.statusLine();
        assertThat(line).startsWith("HTTP/1.1 ");
        return Integer.parseInt(line.substring(9, 12));
      }
    }
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
