package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.buffer.FlushResult;
import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.PeerAddress;
import io.tercet.http.message.Body;
import io.tercet.http.message.Fields;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Conversations byte for byte, without a socket, by a clock that stands still.
class ConversationTest {
  private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: tercet\r\n";
  private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String BIG = "GET /big HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final int BIG_BYTES = 40_000;
  private static final int STEPS_MAX = 1_000;
  private static final String OK = "HTTP/1.1 200 OK\r\n" + DATE + "Content-Length: 2\r\n\r\n/a";

  private static final String[] WORDS = {
    GET,
    BIG,
    "GET ",
    "/",
    " HTTP/1.1",
    "\r\n",
    "\r",
    "\n",
    "Host: h",
    ":",
    " ",
    "\t",
    "\0",
    "a",
    "Content-Length: 3",
    "Transfer-Encoding: chunked",
    "POST / HTTP/1.1\r\nHost: h\r\n",
    "0\r\n\r\n",
    "3\r\nabc\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "\u00ff",
    ";"
  };

  /// What may stand in the value of a field, which never ends.
  private static final String[] ENDLESS = {"a".repeat(20), " ", ":", ";"};

  private final List<Request> handled = new ArrayList<>();
  private final Peer peer = new Peer();
  private Workspace workspace = new Workspace(RequestLimits.DEFAULT);
  private long now;
  private Conversation conversation = new Conversation(protocol(ConnectionLimits.DEFAULT), now);

  @Nested
  class Persistence {
    @Test
    void answersOneRequestAfterTheOther() {
      assertThat(hear(GET)).isEqualTo(OK);
      assertThat(hear(GET)).isEqualTo(OK);
      assertThat(conversation.isDone()).isFalse();
    }

    @Test
    void answersPipelinedRequestsInOneWrite() {
      assertThat(hear(GET.repeat(16))).isEqualTo(OK.repeat(16));
      assertThat(peer.writes).isEqualTo(1);
    }

    @Test
    void closesWhenTheClientSaysSo() {
      assertThat(hear("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
          .isEqualTo(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(conversation.isDone()).isTrue();
    }

    @Test
    void sendsTheLastAnswerTogetherWithItsEnd() {
      hear(GET);
      assertThat(peer.waits).isFalse();
      hear("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      assertThat(peer.waits).isTrue();
      assertThat(peer.ended).isTrue();
    }

    @Test
    void closesAfterHttp10() {
      assertThat(hear("GET /a HTTP/1.0\r\n\r\n"))
          .contains("Connection: close")
          .startsWith("HTTP/1.1");
      assertThat(conversation.isDone()).isTrue();
    }

    @Test
    void tellsHttp10ThatItStays() {
      assertThat(hear("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
          .contains("Connection: keep-alive");
      assertThat(conversation.isDone()).isFalse();
    }

    @Test
    void saysThatTheLastRequestIsTheLast() {
      ConnectionLimits two = deadlines(2);
      conversation = new Conversation(protocol(two), now);
      assertThat(hear(GET)).doesNotContain("Connection");
      assertThat(hear(GET)).contains("Connection: close");
      assertThat(peer.ended).isTrue();
      assertThat(conversation.isDone()).isFalse();
      end();
      assertThat(conversation.isDone()).isTrue();
    }
  }

  @Nested
  class Draining {
    @Test
    void endsAConversationThatHasBegunNothing() {
      hear(GET);
      conversation.drain();
      assertThat(conversation.isDone()).isTrue();
    }

    @Test
    void answersWhatHasBegunAndSaysThatItWasTheLast() {
      hear("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab");
      conversation.drain();
      assertThat(conversation.isDone()).isFalse();
      assertThat(hear("cd")).startsWith("HTTP/1.1 200").contains("Connection: close");
      assertThat(peer.ended).isTrue();
    }
  }

  @Nested
  class Bodies {
    @Test
    void sendsNoBodyToHead() {
      assertThat(hear("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n"))
          .isEqualTo("HTTP/1.1 200 OK\r\n" + DATE + "Content-Length: 2\r\n\r\n");
    }

    @Test
    void sendsNeitherLengthNorBodyWith204() {
      assertThat(hear("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n"))
          .isEqualTo("HTTP/1.1 204 No Content\r\n" + DATE + "\r\n");
    }

    @Test
    void skipsARequestBodyBeforeItAnswers() {
      assertThat(hear("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab")).isEmpty();
      assertThat(hear("cd" + GET)).isEqualTo(OK + OK);
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() {
      String head =
          "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
      assertThat(hear(head)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(hear("ab")).isEqualTo(OK);
    }

    @Test
    void asksForNoBodyThatIsThere() {
      String head =
          "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
      assertThat(hear(head + "ab")).isEqualTo(OK);
    }
  }

  @Nested
  class Refusals {
    @Test
    void answerAndCloseButLingerForAClientThatStillSends() {
      String said = hear("GET / HTTP/1.1\nHost: h\r\n\r\n" + GET);
      assertThat(said)
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("Connection: close\r\n")
          .contains("application/problem+json")
          .endsWith("a line ends with LF alone (RFC 9112 §2.2)\"}\n".replace("§", "\u00c2\u00a7"));
      assertThat(handled).isEmpty();
      assertThat(peer.ended).isTrue();
      assertThat(conversation.isDone()).isFalse();
      assertThat(hear(GET)).isEmpty();
      end();
      assertThat(conversation.isDone()).isTrue();
    }

    @Test
    void comeAfterTheAnswersThatAreDue() {
      assertThat(hear(GET + "GET\r\n")).startsWith(OK + "HTTP/1.1 400 ");
    }

    @Test
    void forAFullServerNeedNoRequest() {
      ServerContext protocol = protocol(ConnectionLimits.DEFAULT);
      conversation = Conversation.accepted(protocol, PeerAddress.UNKNOWN, true, workspace, now);
      assertThat(turn()).startsWith("HTTP/1.1 503 ");
      assertThat(peer.ended).isTrue();
    }
  }

  @Nested
  class Times {
    @Test
    void closeAnIdleConnectionWithoutAWord() {
      hear(GET);
      pass(Duration.ofSeconds(59));
      assertThat(expire()).isEmpty();
      assertThat(conversation.isDone()).isFalse();
      pass(Duration.ofSeconds(2));
      assertThat(expire()).isEmpty();
      assertThat(conversation.isDone()).isTrue();
    }

    @Test
    void runFromTheFirstByteOfAHead() {
      for (int i = 0; i < 9; i++) {
        assertThat(hear("G")).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(expire()).isEmpty();
      }
      pass(Duration.ofSeconds(1));
      assertThat(expire()).startsWith("HTTP/1.1 408 ").contains("request-timeout");
    }

    @Test
    void boundABodyThatStopsComing() {
      hear("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab");
      pass(Duration.ofSeconds(10));
      assertThat(expire()).isEmpty();
      pass(Duration.ofSeconds(1));
      assertThat(expire()).startsWith("HTTP/1.1 408 ").contains("too slowly");
    }

    @Test
    void boundABodyHoweverQuicklyItComes() {
      String head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n";
      assertThat(hear(head + "x".repeat(30_000))).isEmpty();
      pass(Duration.ofSeconds(29));
      assertThat(expire()).isEmpty();
      pass(Duration.ofSeconds(1));
      assertThat(expire()).startsWith("HTTP/1.1 408 ").contains("the body took too long");
    }

    @Test
    void boundAClientThatReadsNothing() {
      peer.room = 10;
      assertThat(hear(GET)).hasSize(10);
      pass(Duration.ofSeconds(29));
      peer.room = 1;
      assertThat(turn()).hasSize(1);
      pass(Duration.ofSeconds(29));
      assertThat(expire()).isEmpty();
      assertThat(conversation.isDone()).isFalse();
      pass(Duration.ofSeconds(2));
      expire();
      assertThat(conversation.isDone()).isTrue();
    }

    @Test
    void boundALingeringClose() {
      hear("GET\r\n");
      assertThat(conversation.isDone()).isFalse();
      pass(Duration.ofSeconds(2));
      expire();
      assertThat(conversation.isDone()).isTrue();
    }
  }

  @Nested
  class Output {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void arrivesHoweverLittleTheClientTakes(int room) {
      peer.room = room;
      StringBuilder heard = new StringBuilder(hear(GET.repeat(3)));
      while (heard.length() < 3 * OK.length()) {
        peer.room = room;
        String more = turn();
        assertThat(more).isNotEmpty();
        heard.append(more);
      }
      assertThat(heard).hasToString(OK.repeat(3));
    }

    @Test
    void isNotBuiltUpForAClientThatDoesNotRead() {
      peer.room = 0;
      hear(BIG.repeat(100));
      assertThat(handled).hasSizeLessThan(10);
      assertThat(conversation.wantsInput()).isFalse();
      peer.room = Integer.MAX_VALUE;
      assertThat(turn()).hasSizeGreaterThan(100 * BIG_BYTES);
      assertThat(handled).hasSize(100);
    }

    @Test
    void ofAFileThatShrinksEndsTheConversation() {
      StubFile file = new StubFile(100, 60);
      peer.file = file;
      String heard = hear("GET /file HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(heard).contains("Content-Length: 100").endsWith("f".repeat(60));
      assertThat(peer.over).isTrue();
      assertThat(file.closed).isTrue();
    }

    @Test
    void ofAFileThatIsWrittenAnewMeanwhileEndsTheConversation() {
      StubFile file = new StubFile(100, 100);
      peer.file = file;
      peer.room = 10;
      hear("GET /file HTTP/1.1\r\nHost: h\r\n\r\n");
      file.unchanged = false;
      peer.room = Integer.MAX_VALUE;
      assertThat(turn()).endsWith("\r\n\r\n");
      assertThat(peer.over).isTrue();
      assertThat(file.closed).isTrue();
    }

    @Test
    void ofAFileIsWholeWhereItIsStillTheSame() {
      peer.file = new StubFile(100, 100);
      peer.room = 10;
      hear("GET /file HTTP/1.1\r\nHost: h\r\n\r\n");
      peer.room = Integer.MAX_VALUE;
      assertThat(turn()).endsWith("f".repeat(100));
      assertThat(peer.over).isFalse();
    }

    @Test
    void ofAFileIsNotLookedAtAgainWhereNobodyWaited() {
      StubFile file = new StubFile(100, 100);
      file.unchanged = false;
      peer.file = file;
      assertThat(hear("GET /file HTTP/1.1\r\nHost: h\r\n\r\n")).endsWith("f".repeat(100));
      assertThat(peer.over).isFalse();
    }

    @Test
    void ofAFileIsGivenBackWhenTheClientGoes() {
      StubFile file = new StubFile(100, 100);
      peer.file = file;
      peer.room = 10;
      hear("GET /file HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(file.closed).isFalse();
      conversation.abandon();
      assertThat(file.closed).isTrue();
    }

    @Test
    void ofAFileIsNotOpenedForHead() {
      StubFile file = new StubFile(100, 100);
      peer.file = file;
      assertThat(hear("HEAD /file HTTP/1.1\r\nHost: h\r\n\r\n")).contains("Content-Length: 100");
      assertThat(file.closed).isTrue();
    }
  }

  @Test
  void neverThrowsHangsOrGrowsWhateverComes() {
    // The same walk each time; `make fuzz` takes others.
    long seed = 9112;
    Random random = new Random(seed);
    RequestLimits small = new RequestLimits(32, 64, 6, 64, 16);
    Workspace narrow = new Workspace(small);
    String[][] vocabularies = {WORDS, WORDS, ENDLESS, {GET, GET, GET, GET, GET, GET, GET, BIG}};
    int wordsMax = 6;
    int headMax = small.requestLineBytesMax() + small.headerBytesMax();
    long unreadMax = 2L * (headMax + wordsMax * BIG.length());
    long unsentMax = Workspace.OUTPUT_BYTES / 2 + BIG_BYTES + 2L * OK.length();
    for (int round = 0; round < 2_000; round++) {
      ServerContext protocol = protocol(small, ConnectionLimits.DEFAULT);
      conversation = new Conversation(protocol, now);
      workspace = narrow;
      String[] vocabulary = vocabularies[round % vocabularies.length];
      boolean reads = random.nextBoolean();
      peer.room = reads ? Integer.MAX_VALUE : random.nextInt(2 * BIG_BYTES);
      for (int i = 0; i < 50 && !conversation.isDone(); i++) {
        StringBuilder said = new StringBuilder();
        if (i == 0 && vocabulary == ENDLESS) {
          said.append("GET / HTTP/1.1\r\nHost: h\r\nX: ");
        }
        for (int w = random.nextInt(wordsMax); w >= 0; w--) {
          said.append(vocabulary[random.nextInt(vocabulary.length)]);
        }
        String heard = hear(said.toString());
        boolean wellBegun = heard.isEmpty() || !reads || heard.startsWith("HTTP/1.1 ");
        assertThat(wellBegun).as("seed %d", seed).isTrue();
        assertThat(protocol.memory().reserved())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(unreadMax + unsentMax);
      }
      peer.room = Integer.MAX_VALUE;
      end();
      peer.take();
      assertThat(conversation.isDone()).as("seed %d", seed).isTrue();
      assertThat(protocol.memory().reserved()).as("seed %d", seed).isZero();
    }
  }

  private String hear(String said) {
    byte[] bytes = said.getBytes(ISO_8859_1);
    StringBuilder heard = new StringBuilder();
    conversation.begin(workspace);
    steps();
    if (conversation.wantsInput()) {
      byte[] into = conversation.inputBuffer();
      System.arraycopy(bytes, 0, into, 0, bytes.length);
      conversation.receive(bytes.length);
      steps();
    }
    conversation.finish(now);
    return heard.append(peer.take()).toString();
  }

  private String turn() {
    conversation.begin(workspace);
    steps();
    conversation.finish(now);
    return peer.take();
  }

  private void end() {
    conversation.begin(workspace);
    conversation.inputEnded();
    steps();
    conversation.finish(now);
  }

  private String expire() {
    conversation.begin(workspace);
    if (now - conversation.deadline() >= 0) {
      conversation.expire();
    }
    steps();
    conversation.finish(now);
    return peer.take();
  }

  private void steps() {
    boolean goesOn = true;
    for (int step = 0; goesOn; step++) {
      assertThat(step).as("it goes on and on").isLessThan(STEPS_MAX);
      FlushResult flushed = conversation.flush(peer);
      peer.over |= flushed == FlushResult.CUT_SHORT || flushed == FlushResult.GONE;
      if (peer.over) {
        conversation.abandon();
      }
      peer.ended |= conversation.endsOutput();
      goesOn =
          flushed == FlushResult.SOME || (flushed == FlushResult.ALL && conversation.proceed());
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static ConnectionLimits deadlines(int requestsMax) {
    ConnectionLimits usual = ConnectionLimits.DEFAULT;
    return new ConnectionLimits(
        usual.header(),
        usual.body(),
        usual.idle(),
        usual.write(),
        usual.linger(),
        usual.bodyRateMin(),
        usual.bodyGrace(),
        requestsMax);
  }

  private ServerContext protocol(ConnectionLimits deadlines) {
    return protocol(RequestLimits.DEFAULT, deadlines);
  }

  private ServerContext protocol(RequestLimits limits, ConnectionLimits deadlines) {
    InstantSource clock = InstantSource.fixed(Instant.parse("1994-11-06T08:49:37Z"));
    return new ServerContext(
        this::handle,
        limits,
        deadlines,
        new HeadRenderer(new HttpDate(clock)),
        Observer.none(),
        ConnectionLimiter.any(),
        new MemoryBudget(MemoryBudget.BYTES_MAX),
        null);
  }

  private Response handle(Request request) {
    handled.add(request);
    return switch (request.path()) {
      case "/empty" -> Response.empty(Status.NO_CONTENT, Fields.NONE);
      case "/big" -> Response.of(Status.OK, Fields.NONE, new byte[BIG_BYTES]);
      case "/file" -> {
        Body.Region all = new Body.Region(0, peer.file.length());
        yield new Response(Status.OK, Fields.NONE, new Body.OfFile(peer.file, List.of(all)));
      }
      default -> Response.of(Status.OK, Fields.NONE, request.path().getBytes(ISO_8859_1));
    };
  }

  /// The other side: takes as much as it has room for.
  private static final class Peer implements NonBlockingOutput {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private int room = Integer.MAX_VALUE;
    private int writes;
    private boolean waits;
    private boolean ended;
    private boolean over;
    private StubFile file = new StubFile(0, 0);

    @Override
    public int write(byte[] bytes, int offset, int length, boolean more) {
      int taken = Math.min(room, length);
      if (taken == 0) {
        return WOULD_BLOCK;
      }
      heard.write(bytes, offset, taken);
      room -= room == Integer.MAX_VALUE ? 0 : taken;
      writes++;
      waits = more;
      return taken;
    }

    @Override
    public long transfer(OpenFile from, long position, long length) {
      int there = (int) Math.min(length, Math.max(0, file.there - position));
      if (there == 0) {
        return 0;
      }
      byte[] bytes = "f".repeat(there).getBytes(ISO_8859_1);
      return write(bytes, 0, bytes.length, false);
    }

    String take() {
      String text = heard.toString(ISO_8859_1);
      heard.reset();
      return text;
    }
  }

  /// A file that is not as long as it was.
  private static final class StubFile implements OpenFile {
    private final long length;
    private final long there;
    private boolean unchanged = true;
    private boolean closed;

    StubFile(long length, long there) {
      this.length = length;
      this.there = there;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public Instant modifiedAt() {
      return Instant.EPOCH;
    }

    @Override
    public String tag() {
      return "tag";
    }

    @Override
    public boolean isUnchanged() {
      return unchanged;
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) {
      return 0;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
