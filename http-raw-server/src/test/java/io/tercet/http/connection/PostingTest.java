package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Answers that are posted, to be sent with those of others.
class PostingTest {
  private static final String REQUEST = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String LAST = "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  private static final Handler HELLO =
      request -> Response.of(Status.OK, Fields.NONE, request.path().getBytes(ISO_8859_1));

  private final Dialogue client = new Dialogue(HELLO);

  @Test
  void isAnAnswerAfterWhichNothingIsToBeDone() {
    client.posts();
    client.say(REQUEST);
    assertThat(client.posted()).startsWith("HTTP/1.1 200 ").endsWith("/a");
  }

  @Test
  void areTheAnswersToAllThatCameTogether() {
    client.posts();
    client.say(REQUEST + REQUEST);
    assertThat(client.posted().split("HTTP/1.1 200 ")).hasSize(3);
  }

  @Test
  void isNotTheLastAnswerBecauseItsEndGoesWithIt() {
    client.posts();
    assertThat(client.say(LAST)).startsWith("HTTP/1.1 200 ");
    assertThat(client.posted()).isEmpty();
  }

  @Test
  void isNoAnswerBehindWhichARequestHasBegun() {
    client.posts();
    assertThat(client.say(REQUEST + "GET /b")).startsWith("HTTP/1.1 200 ");
    assertThat(client.posted()).isEmpty();
  }

  @Test
  void isLoggedWhenItHasLeft() {
    client.posts();
    client.say(REQUEST);
    assertThat(client.logged).isEmpty();
    client.left(0);
    assertThat(client.logged)
        .singleElement()
        .satisfies(e -> assertThat(e.bodyBytes()).isEqualTo(2));
  }

  @Test
  void comesBackAsFarAsItIsNotTakenAndGoesOutBeforeAnythingElse() {
    client.posts();
    client.say(REQUEST);
    String whole = client.posted();
    client.left(1);
    assertThat(client.logged).isEmpty();
    client.postsNoMore();
    assertThat(client.listen()).isEqualTo(whole.substring(whole.length() - 1));
    assertThat(client.logged).hasSize(1);
    assertThat(client.say(REQUEST)).isEqualTo(whole);
  }

  @Test
  void isWaitedForAsForAClientThatReads() {
    client.posts();
    client.say(REQUEST);
    assertThat(client.wantsInput()).isFalse();
    client.left(0);
    assertThat(client.wantsInput()).isTrue();
    // The time between requests runs from here, which is longer than that for a client to read.
    client.pass(ConnectionLimits.DEFAULT.write().plusSeconds(1)).listen();
    assertThat(client.isOver()).isFalse();
    client.pass(ConnectionLimits.DEFAULT.idle()).listen();
    assertThat(client.isOver()).isTrue();
  }

  @Test
  void isNotTakenForGoodByAClientThatNeverReadsTheRest() {
    client.posts();
    client.say(REQUEST);
    client.left(1);
    client.postsNoMore();
    client.room = 0;
    client.listen();
    client.pass(ConnectionLimits.DEFAULT.write().plus(Duration.ofMillis(1))).listen();
    assertThat(client.isOver()).isTrue();
    client.vanish();
    assertThat(client.logged)
        .singleElement()
        .satisfies(e -> assertThat(e.bodyBytes()).isEqualTo(1));
  }

  @Test
  void needsNoRoomAmongWhatIsUnfinished() {
    Dialogue crowded = new Dialogue(HELLO, new MemoryBudget(1));
    crowded.posts();
    crowded.say(REQUEST);
    assertThat(crowded.isOver()).isFalse();
    crowded.left(0);
    assertThat(crowded.isOver()).isFalse();
  }

  @Test
  void isFinishedWhenTheServerStops() {
    client.posts();
    client.say(REQUEST);
    client.drain();
    assertThat(client.isOver()).isFalse();
    client.left(0);
    client.drain();
    assertThat(client.isOver()).isTrue();
  }
}
