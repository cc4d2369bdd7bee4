package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.handle.EchoHandler;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Corpus;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.parse.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that a handler takes: whole, bounded, in time, and never part of another request.
class RequestBodiesTest {
  private static final int TAKES = 20;
  private static final String HEAD = "POST /a HTTP/1.1\r\nHost: h\r\n";
  private static final String LENGTH = HEAD + "Content-Length: 11\r\n\r\nhello world";
  private static final String CHUNKS =
      HEAD
          + "Transfer-Encoding: chunked\r\n\r\n"
          + "5\r\nhello\r\n1;x=y\r\n \r\n5\r\nworld\r\n0\r\nDigest: no\r\n\r\n";
  private static final String GET = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";

  private final List<String> bodies = new ArrayList<>();
  private final Dialogue dialogue = new Dialogue(taking(TAKES));

  @ParameterizedTest
  @ValueSource(strings = {LENGTH, CHUNKS})
  void areWholeHoweverTheyArrive(String request) {
    byte[] bytes = (request + GET + request).getBytes(ISO_8859_1);
    for (int split = 1; split < bytes.length; split++) {
      bodies.clear();
      Dialogue split2 = new Dialogue(taking(TAKES));
      split2.say(bytes, 0, split);
      split2.say(bytes, split, bytes.length);
      assertThat(bodies).as("split at %d", split).containsExactly("hello world", "", "hello world");
    }
    bodies.clear();
    for (int i = 0; i < bytes.length; i++) {
      dialogue.say(bytes, i, i + 1);
    }
    assertThat(bodies).containsExactly("hello world", "", "hello world");
  }

  @Test
  void areThereForPipelinedRequestsEach() {
    String heard = dialogue.say(LENGTH + CHUNKS + GET + LENGTH);
    assertThat(bodies).containsExactly("hello world", "hello world", "", "hello world");
    assertThat(heard.split("HTTP/1.1 200 OK", -1)).hasSize(5);
  }

  @Test
  void areNothingForAHandlerThatTakesNone() {
    Dialogue other = new Dialogue(taking(0));
    assertThat(other.say(LENGTH + CHUNKS)).contains("HTTP/1.1 200 OK");
    assertThat(bodies).containsExactly("", "");
  }

  @Test
  void areThereForHttp10ThatStays() {
    String old = "POST /a HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi";
    assertThat(dialogue.say(old)).contains("Connection: keep-alive");
    assertThat(dialogue.say(old)).contains("Connection: keep-alive");
    assertThat(bodies).containsExactly("hi", "hi");
  }

  @Test
  void areAskedForIfTheClientWaits() {
    String head = HEAD + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    assertThat(dialogue.say(head)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(dialogue.say("hi")).startsWith("HTTP/1.1 200 OK");
    assertThat(bodies).containsExactly("hi");
  }

  @Test
  void areNotGatheredWhenTheConnectionEndsInThem() {
    dialogue.say(LENGTH.substring(0, LENGTH.length() - 1));
    assertThat(dialogue.end()).startsWith("HTTP/1.1 400 ");
    assertThat(bodies).isEmpty();
    assertThat(dialogue.refused).containsExactly(Rule.CUT_OFF);
  }

  @Nested
  class OfAllConnectionsTogether {
    private static final String HALF = HEAD + "Content-Length: 600\r\n\r\n" + "x".repeat(300);

    private final MemoryBudget budget = new MemoryBudget(1_000);
    private final Dialogue first = new Dialogue(taking(1_000), budget);
    private final Dialogue second = new Dialogue(taking(1_000), budget);

    @Test
    void areRefusedPastTheirBudget() {
      first.say(HALF);
      assertThat(budget.reserved()).isBetween(300L, 600L);
      assertThat(second.say(HALF)).startsWith("HTTP/1.1 503 ").contains("Connection: close");
      assertThat(second.refused).containsExactly(Rule.TOO_MUCH_UNFINISHED);
      assertThat(first.say("x".repeat(300))).startsWith("HTTP/1.1 200 ");
      assertThat(bodies).containsExactly("x".repeat(600));
    }

    @Test
    void giveBackWhatTheyTookHoweverTheyEnd() {
      first.say(HALF + "x".repeat(300));
      assertThat(budget.reserved()).isZero();
      first.say(HALF);
      first.end();
      assertThat(budget.reserved()).isZero();
      second.say(HALF);
      second.vanish();
      assertThat(budget.reserved()).isZero();
    }

    @Test
    void countUntilTheAnswerHasLeftBecauseThatMayBeTheBody() {
      MemoryBudget roomy = new MemoryBudget(1_700);
      Dialogue echoing = new Dialogue(new EchoHandler(1_000), roomy);
      Dialogue other = new Dialogue(taking(1_000), roomy);
      echoing.room = 100;
      echoing.say(HALF + "x".repeat(300));
      assertThat(roomy.reserved()).isBetween(1_200L, 1_700L);
      assertThat(other.say(HALF + "x".repeat(300))).startsWith("HTTP/1.1 503 ");
      echoing.room = Integer.MAX_VALUE;
      assertThat(echoing.listen()).endsWith("x".repeat(600));
      assertThat(roomy.reserved()).isZero();
    }

    @Test
    void giveBackWhatTheyTookWhenTheClientNeverTakesItsAnswer() {
      MemoryBudget roomy = new MemoryBudget(2_200);
      Dialogue echoing = new Dialogue(new EchoHandler(1_000), roomy);
      echoing.room = 0;
      echoing.say(HALF + "x".repeat(300));
      assertThat(roomy.reserved()).isBetween(1_500L, 2_200L);
      echoing.pass(ConnectionLimits.DEFAULT.write()).listen();
      assertThat(echoing.isOver()).isTrue();
      assertThat(roomy.reserved()).isZero();
    }

    @Test
    void giveBackWhatTheyTookAfterChunksThatBreakARule() {
      first.say(HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      assertThat(budget.reserved()).isPositive();
      assertThat(first.say("what?\r\n")).startsWith("HTTP/1.1 400 ");
      assertThat(budget.reserved()).isZero();
    }

    @Test
    void takeNothingWhenTheyAreDropped() {
      Dialogue dropping = new Dialogue(taking(0), new MemoryBudget(0));
      assertThat(dropping.say(LENGTH + CHUNKS)).contains("HTTP/1.1 200 ");
      assertThat(dropping.refused).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.tercet.http.parse.Corpus#all")
  void changeNothingAboutWhereRequestsEnd(Corpus.Case sample) {
    List<String> dropped = requests(sample.bytes(), 0);
    assertThat(requests(sample.bytes(), Long.MAX_VALUE)).isEqualTo(dropped);
    long heads = sample.events().stream().filter(event -> event.startsWith("head ")).count();
    assertThat((long) dropped.size()).isBetween(heads - 1, heads + 1);
  }

  @Nested
  class Bounds {
    @Test
    void letThroughWhatTheHandlerTakes() {
      String most = "x".repeat(TAKES);
      dialogue.say(HEAD + "Content-Length: " + TAKES + "\r\n\r\n" + most);
      dialogue.say(HEAD + "Transfer-Encoding: chunked\r\n\r\n14\r\n" + most + "\r\n0\r\n\r\n");
      assertThat(bodies).containsExactly(most, most);
    }

    @Test
    void refuseALengthThatIsLongerBeforeAnyOfItComes() {
      String head = HEAD + "Content-Length: 21\r\nExpect: 100-continue\r\n\r\n";
      assertThat(dialogue.say(head)).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
      assertThat(dialogue.refused).containsExactly(Rule.BODY_TOO_LARGE);
      assertThat(bodies).isEmpty();
    }

    @Test
    void refuseChunksThatTogetherAreLonger() {
      dialogue.say(HEAD + "Transfer-Encoding: chunked\r\n\r\n14\r\n" + "x".repeat(TAKES));
      assertThat(dialogue.say("\r\n1\r\n")).startsWith("HTTP/1.1 413 ");
      assertThat(bodies).isEmpty();
    }

    @Test
    void ofTheServerHoldWhateverTheHandlerTakes() {
      RequestLimits ten = new RequestLimits(1024, 1024, 10, 10, 64);
      Dialogue other =
          new Dialogue(
              taking(Long.MAX_VALUE), ten, ConnectionLimits.DEFAULT, ConnectionLimiter.any());
      String chunks = HEAD + "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n";
      assertThat(other.say(chunks)).isEmpty();
      assertThat(other.say("1\r\n")).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void holdForABodyOfManyReads() {
      Dialogue other = new Dialogue(taking(1024 * 1024));
      String part = "0123456789abcdef".repeat(1024);
      other.say(HEAD + "Content-Length: " + 60 * part.length() + "\r\n\r\n");
      for (int i = 0; i < 60; i++) {
        other.say(part);
      }
      assertThat(bodies).containsExactly(part.repeat(60));
    }
  }

  @Nested
  class Failures {
    @Test
    void toSayHowMuchIsTakenAreAnsweredWith500() {
      Handler failing =
          new Handler() {
            @Override
            public Response handle(Request request) {
              throw new AssertionError("not reached");
            }

            @Override
            public long bodyBytesMax(Request head) {
              throw new IllegalStateException("a secret");
            }
          };
      Dialogue other = new Dialogue(failing);
      assertThat(other.say(LENGTH)).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
    }

    @Test
    void thatAreErrorsAreAnsweredWith500Too() {
      for (Error failure :
          List.of(
              new AssertionError("a secret"),
              new NoClassDefFoundError("a secret"),
              new StackOverflowError("a secret"))) {
        Dialogue other = new Dialogue(failing(failure));
        assertThat(other.say(LENGTH)).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
        assertThat(other.end()).isEmpty();
        assertThat(other.isOver()).isTrue();
      }
    }

    @Test
    void ofTheVirtualMachineAreThrownOn() {
      OutOfMemoryError failure = new OutOfMemoryError("Java heap space");
      assertThatThrownBy(() -> new Dialogue(failing(failure)).say(LENGTH)).isSameAs(failure);
    }

    private static Handler failing(Error failure) {
      return request -> {
        throw failure;
      };
    }
  }

  @Nested
  class Rate {
    private static final ConnectionLimits DEADLINES =
        new ConnectionLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            100,
            Duration.ofSeconds(5),
            1000);

    private final Dialogue timed =
        new Dialogue(taking(100_000), RequestLimits.DEFAULT, DEADLINES, ConnectionLimiter.any());

    @Test
    void refusesABodyThatTrickles() {
      timed.say(HEAD + "Content-Length: 10000\r\n\r\n");
      for (int second = 1; second < 5; second++) {
        assertThat(timed.pass(Duration.ofSeconds(1)).say("x")).isEmpty();
        assertThat(timed.listen()).isEmpty();
      }
      assertThat(timed.pass(Duration.ofSeconds(2)).listen()).startsWith("HTTP/1.1 408 ");
      assertThat(timed.refused).containsExactly(Rule.BODY_TOO_SLOW);
    }

    @Test
    void refusesABodyThatIsDroppedToo() {
      Dialogue dropping =
          new Dialogue(taking(0), RequestLimits.DEFAULT, DEADLINES, ConnectionLimiter.any());
      dropping.say(HEAD + "Content-Length: 10000\r\n\r\n");
      assertThat(dropping.pass(Duration.ofSeconds(5)).listen()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void letsABodyTakeTheTimeThatItsBytesEarn() {
      timed.say(HEAD + "Content-Length: 2000\r\n\r\n");
      for (int second = 0; second < 20; second++) {
        assertThat(timed.listen()).isEmpty();
        String heard = timed.pass(Duration.ofSeconds(1)).say("x".repeat(100));
        assertThat(heard.isEmpty()).isEqualTo(second < 19);
      }
      assertThat(bodies).containsExactly("x".repeat(2000));
    }

    @Test
    void neverEarnsMoreThanTheWholeTime() {
      timed.say(HEAD + "Content-Length: 50000\r\n\r\n" + "x".repeat(20_000));
      assertThat(timed.pass(Duration.ofSeconds(59)).listen()).isEmpty();
      assertThat(timed.pass(Duration.ofSeconds(1)).listen()).startsWith("HTTP/1.1 408 ");
      assertThat(timed.refused).containsExactly(Rule.BODY_TIMEOUT);
    }
  }

  /// The requests that are handled, and the rule that ended it, if one did.
  private static List<String> requests(byte[] bytes, long takes) {
    List<String> handled = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public Response handle(Request request) {
            handled.add(request.method() + " " + request.path());
            return Response.empty(Status.OK, Fields.NONE);
          }

          @Override
          public long bodyBytesMax(Request head) {
            return takes;
          }
        };
    Dialogue either = new Dialogue(handler);
    for (int from = 0; from < bytes.length; from += Workspace.INPUT_BYTES) {
      either.say(bytes, from, Math.min(bytes.length, from + Workspace.INPUT_BYTES));
    }
    either.end();
    either.refused.forEach(rule -> handled.add(rule.name()));
    return handled;
  }

  private Handler taking(long bytesMax) {
    return new Handler() {
      @Override
      public Response handle(Request request) {
        bodies.add(new String(request.body().bytes(), ISO_8859_1));
        return Response.empty(Status.OK, Fields.NONE);
      }

      @Override
      public long bodyBytesMax(Request head) {
        return bytesMax;
      }
    };
  }
}
