package io.tercet.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the access log is told: each answer once, when it has left, with what really left.
class LoggedAnswersTest {
  private static final String GET = "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n";

  private final Dialogue dialogue = new Dialogue(new Sized());

  @Test
  void areToldInOrderWithTheirBytes() {
    dialogue.say(GET + GET.replace("GET", "HEAD") + GET);
    assertThat(dialogue.logged)
        .extracting(AccessLog.Entry::bodyBytes)
        .containsExactly(100L, 0L, 100L);
    AccessLog.Entry first = dialogue.logged.getFirst();
    assertThat(first.status()).isEqualTo(Status.OK);
    assertThat(first.request().path()).isEqualTo("/a");
    assertThat(first.request().query()).isEqualTo("b");
  }

  @Test
  void lastFromTheFirstByteOfTheRequestToTheLastOfTheAnswer() {
    dialogue.say(GET);
    dialogue.pass(Duration.ofSeconds(7)).say("GET /a");
    dialogue.pass(Duration.ofSeconds(1)).say(" HTTP/1.1\r\nHost: h\r\n\r\n");
    dialogue.room = 150;
    dialogue.say("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx");
    dialogue.pass(Duration.ofSeconds(2)).say("y");
    assertThat(dialogue.logged).hasSize(2);
    dialogue.room = Integer.MAX_VALUE;
    dialogue.pass(Duration.ofSeconds(3)).listen();
    assertThat(dialogue.logged)
        .extracting(AccessLog.Entry::nanos)
        .containsExactly(0L, 1_000_000_000L, 5_000_000_000L);
  }

  @Test
  void lastFromTheirOwnFirstByteWhereTheInputNeverRunsEmpty() {
    dialogue.say(GET + "GET /a");
    dialogue.pass(Duration.ofSeconds(1)).say(" HTTP/1.1\r\nHost: h\r\n\r\n" + GET + "GET ");
    dialogue.pass(Duration.ofSeconds(2)).say("/a HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(dialogue.logged)
        .extracting(AccessLog.Entry::nanos)
        .containsExactly(0L, 1_000_000_000L, 0L, 2_000_000_000L);
  }

  @Test
  void lastFromTheirOwnFirstByteBehindTheEndOfABody() {
    dialogue.say("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx");
    dialogue.pass(Duration.ofSeconds(5)).say("y" + GET);
    assertThat(dialogue.logged)
        .extracting(AccessLog.Entry::nanos)
        .containsExactly(5_000_000_000L, 0L);
  }

  @Test
  void holdNoBodyOfTheRequest() {
    dialogue.say("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nxy");
    assertThat(dialogue.logged.getFirst().request().body().length()).isZero();
  }

  @Test
  void tellWhatLeftBeforeTheClientWent() {
    int whole = dialogue.say(GET).length();
    dialogue.room = whole - 30;
    dialogue.say(GET + GET);
    assertThat(dialogue.logged).hasSize(1);
    dialogue.vanish();
    assertThat(dialogue.logged)
        .extracting(AccessLog.Entry::bodyBytes)
        .containsExactly(100L, 70L, 0L);
    dialogue.vanish();
    assertThat(dialogue.logged).hasSize(3);
  }

  @Test
  void areToldOfRefusalsToo() {
    dialogue.say("GET\r\n");
    AccessLog.Entry refused = dialogue.logged.getFirst();
    assertThat(refused.request()).isNull();
    assertThat(refused.status()).isEqualTo(Status.BAD_REQUEST);
    assertThat(refused.bodyBytes()).isPositive();
  }

  @Test
  void nameTheRequestThatWasRefusedForItsFields() {
    dialogue.say("HEAD /a?b HTTP/1.1\r\nUser-Agent: u\r\n\r\n");
    AccessLog.Entry withoutHost = dialogue.logged.getFirst();
    assertThat(withoutHost.status()).isEqualTo(Status.BAD_REQUEST);
    assertThat(withoutHost.bodyBytes()).isZero();
    assertThat(withoutHost.request().method()).isEqualTo("HEAD");
    assertThat(withoutHost.request().query()).isEqualTo("b");
    assertThat(withoutHost.request().headers().first("user-agent")).hasValue("u");
  }

  @Test
  void nameTheRequestWhoseFieldsCouldNotBeRead() {
    dialogue.say("GET /a?b HTTP/1.1\r\nHost: h\r\nX : y\r\n\r\n");
    AccessLog.Entry refused = dialogue.logged.getFirst();
    assertThat(refused.status()).isEqualTo(Status.BAD_REQUEST);
    assertThat(refused.request().path()).isEqualTo("/a");
    assertThat(refused.request().headers().first("host")).isEmpty();
  }

  @Test
  void nameTheRequestWhoseBodyWasRefused() {
    dialogue.say("POST /large HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
    AccessLog.Entry refused = dialogue.logged.getFirst();
    assertThat(refused.request().path()).isEqualTo("/large");
    assertThat(refused.status()).isEqualTo(Status.CONTENT_TOO_LARGE);
  }

  /// Answers with 100 bytes and takes 10.
  private static final class Sized implements Handler {
    @Override
    public Response handle(Request request) {
      return Response.of(Status.OK, Fields.NONE, new byte[100]);
    }

    @Override
    public long bodyBytesMax(Request head) {
      return 10;
    }
  }
}
