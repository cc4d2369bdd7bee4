package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.ParserFuzzer;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.parse.StrictReader;
import io.tercet.http.parse.StrictReader.End;
import io.tercet.http.parse.StrictReader.Reading;
import io.tercet.http.parse.StrictReader.Seen;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A whole conversation, whatever the client says: it never throws, never goes on for ever, answers
/// exactly the requests that a strict reader sees, with the bodies that it sees, all that it says
/// is well-formed HTTP, and when it is over no body takes memory any more.
///
/// Jazzer calls [#fuzzerTestOneInput]; so does [ConversationFuzzSeedsTest].
public final class ConversationFuzzer {
  /// Paths that begin so are answered in these ways, and bodies dropped; all others are answered
  /// with what was asked for, and its body.
  private static final String EMPTY = "/e";

  private static final String FAILING = "/b";
  private static final String LARGE = "/l";
  private static final String DROPPING = "/d";
  private static final int LARGE_BYTES = 40_000;

  /// Less than the limit of the server, so that either may be the one that is reached.
  private static final int TAKES = 24;

  private static final RequestLimits LIMITS = new RequestLimits(64, 160, 6, 64, 16);
  private static final HeadRenderer RENDERER =
      new HeadRenderer(new HttpDate(InstantSource.fixed(Instant.parse("1994-11-06T08:49:37Z"))));

  /// Room for all that a stream leaves unfinished, and for little.
  private static final int ROOMY = 1024 * 1024;

  private static final int CRAMPED = 8;

  private static final Handler HANDLER =
      new Handler() {
        @Override
        public Response handle(Request request) {
          return ConversationFuzzer.handle(request);
        }

        @Override
        public long bodyBytesMax(Request head) {
          return takes(head.path()) ? TAKES : 0;
        }
      };

  private ConversationFuzzer() {}

  /// Fails with an `AssertionError` that names the stream.
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      List<Answer> whole = said(bytes, bytes.length, Integer.MAX_VALUE);
      isCramped(whole, said(bytes, bytes.length, Integer.MAX_VALUE, CRAMPED));
      givesBackAllThatAClientLeaves(bytes);
      answersWhatAStrictReaderSees(StrictReader.read(bytes, LIMITS), whole);
      same("byte by byte", whole, said(bytes, 1, Integer.MAX_VALUE));
      same("to a client that reads little", whole, said(bytes, bytes.length, 1_000));
      for (int step = 2; step < bytes.length; step += 1 + step / 2) {
        same("in pieces of " + step, whole, said(bytes, step, Integer.MAX_VALUE));
      }
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("for " + ParserFuzzer.quoted(bytes), failure);
    }
  }

  /// What a client hears that sends `bytes` in pieces of `step`, takes `room` bytes a turn, and
  /// ends.
  private static List<Answer> said(byte[] bytes, int step, int room) {
    return said(bytes, step, room, ROOMY);
  }

  private static List<Answer> said(byte[] bytes, int step, int room, int unfinishedBytesMax) {
    MemoryBudget memory = new MemoryBudget(unfinishedBytesMax);
    return said(bytes, step, new FuzzPeer(protocol(memory), room), memory);
  }

  private static List<Answer> said(byte[] bytes, int step, FuzzPeer peer, MemoryBudget memory) {
    Reading seen = StrictReader.read(bytes, LIMITS);
    for (int from = 0; from < bytes.length; from += step) {
      peer.hears(bytes, from, Math.min(bytes.length, from + step));
    }
    List<Answer> said = AnswerReader.read(peer.hearsTheEnd(), methods(bytes, seen));
    nothingIsTaken(memory);
    return said;
  }

  /// Where there is no room for what is unfinished it is refused, and nothing else changes.
  private static void isCramped(List<Answer> whole, List<Answer> said) {
    boolean refused = !said.isEmpty() && said.getLast().status() == 503;
    List<Answer> others = refused ? said.subList(0, said.size() - 1) : said;
    if (refused && whole.size() < said.size()) {
      throw new AssertionError("refused what was not asked: " + said);
    }
    same("with little room", refused ? whole.subList(0, others.size()) : whole, others);
  }

  /// A client that takes a few bytes of an answer and goes, wherever its stream ends.
  private static void givesBackAllThatAClientLeaves(byte[] bytes) {
    MemoryBudget memory = new MemoryBudget(ROOMY);
    for (int length = 1; length <= bytes.length; length += 1 + length / 2) {
      FuzzPeer peer = new FuzzPeer(protocol(memory), 10);
      peer.hears(bytes, 0, length);
      peer.vanishes();
      nothingIsTaken(memory);
    }
  }

  private static void nothingIsTaken(MemoryBudget memory) {
    if (memory.reserved() != 0) {
      throw new AssertionError(memory.reserved() + " bytes are reserved, and nobody has them");
    }
  }

  private static ServerContext protocol(MemoryBudget memory) {
    return new ServerContext(
        HANDLER,
        LIMITS,
        ConnectionLimits.DEFAULT,
        RENDERER,
        Observer.none(),
        ConnectionLimiter.any(),
        memory,
        null);
  }

  /// The methods that were asked for, in order, and then that of what was refused if it can be
  /// told.
  private static List<String> methods(byte[] bytes, Reading seen) {
    List<String> methods = new ArrayList<>();
    for (Seen request : seen.requests()) {
      methods.add(request.method());
    }
    int end = seen.requests().isEmpty() ? 0 : seen.requests().getLast().end();
    if (end >= 0) {
      String rest = new String(bytes, end, bytes.length - end, ISO_8859_1);
      methods.add(rest.startsWith("HEAD ") || rest.startsWith("\r\nHEAD ") ? "HEAD" : "?");
    }
    return methods;
  }

  private static void answersWhatAStrictReaderSees(Reading seen, List<Answer> said) {
    List<Answer> expected = new ArrayList<>();
    boolean over = seen.end() == End.WHOLE;
    for (Seen request : seen.requests()) {
      if (request.end() < 0) {
        break;
      }
      if (takes(request.target()) && request.body().length() > TAKES) {
        over = false;
        break;
      }
      Answer answer = answer(request);
      expected.add(answer);
      if (answer.close()) {
        over = true;
        break;
      }
    }
    if (over) {
      same("what a strict reader sees", expected, said);
      return;
    }
    if (said.size() != expected.size() + 1) {
      throw new AssertionError("expected " + expected + " and a refusal, but heard " + said);
    }
    same("what a strict reader sees", expected, said.subList(0, expected.size()));
    Answer refusal = said.getLast();
    if (refusal.status() < 400 || !refusal.close()) {
      throw new AssertionError("no refusal: " + refusal);
    }
  }

  private static Answer answer(Seen request) {
    String path = request.target();
    if (path.startsWith(FAILING)) {
      return new Answer(500, true, null);
    }
    if (path.startsWith(EMPTY)) {
      return new Answer(204, request.close(), "");
    }
    String body =
        path.startsWith(LARGE)
            ? "l".repeat(LARGE_BYTES)
            : request.method() + " " + path + " " + request.host() + " " + echoed(request);
    return new Answer(200, request.close(), request.method().equals("HEAD") ? "" : body);
  }

  private static Response handle(Request request) {
    String path = request.path();
    if (path.startsWith(FAILING)) {
      throw new IllegalStateException("as asked");
    }
    if (path.startsWith(EMPTY)) {
      return Response.empty(Status.NO_CONTENT, Fields.NONE);
    }
    String said = new String(request.body().bytes(), ISO_8859_1);
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String body =
        path.startsWith(LARGE)
            ? "l".repeat(LARGE_BYTES)
            : request.method() + " " + path + query + " " + request.host() + " " + said;
    return Response.of(Status.OK, Fields.NONE, body.getBytes(ISO_8859_1));
  }

  private static String echoed(Seen request) {
    return takes(request.target()) ? request.body() : "";
  }

  private static boolean takes(String path) {
    return Stream.of(EMPTY, FAILING, LARGE, DROPPING).noneMatch(path::startsWith);
  }

  private static void same(String how, List<Answer> expected, List<Answer> said) {
    if (!expected.equals(said)) {
      throw new AssertionError(
          "%s: expected %s, but heard %s".formatted(how.toUpperCase(Locale.ROOT), expected, said));
    }
  }
}
