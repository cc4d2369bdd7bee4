package io.tercet.http.connection;

import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Response;
import io.tercet.http.message.Version;
import io.tercet.http.parse.BodySkipper;
import io.tercet.http.parse.Framing;
import io.tercet.http.parse.ParseResult;
import io.tercet.http.parse.Rule;
import io.tercet.http.render.HeadRenderer.Persistence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The conversation with one client, as a state machine that never sees a socket.
///
/// ```
///   HEAD ──head whole──▶ BODY ──body skipped──▶ answer ──keep-alive──▶ HEAD
///     │                    │                      └──────last──────▶ LAST
///     └───a rule broken────┴─────────────────────────────────────────▶│
///                              everything sent: LAST ──▶ LINGERING ──▶ DONE
/// ```
///
/// A turn is: [#begin], then any of [#receive], [#inputEnded], [#expire], [#flush] and [#proceed],
/// then [#finish]. Between turns it owns no buffer unless a request is half read or a response half
/// sent.
///
/// - Pipelining: requests are answered in order, as many in a turn as fit the output buffer; input
///   waits while output does ([#wantsInput]).
/// - Last response: after a refusal the client may still be sending, and closing with unread input
///   would make the kernel send RST and destroy the answer. So output ends first and input is read
///   and dropped for a while: LINGERING (RFC 9112 §9.6).
/// - Bounds: [io.tercet.http.parse.Limits], [Deadlines].
/// - Threading: confined to whoever has the turn. Time is `System.nanoTime` of the caller.
/// - Errors: what the handler throws becomes a 500 and the end; a file that shrinks while it is
///   sent ends the connection, because the length was promised.
public final class Conversation {
  private enum Phase {
    HEAD,
    BODY,
    LAST,
    LINGERING,
    DONE
  }

  /// What it waits for between turns, each with its deadline.
  private enum Wait {
    REQUEST,
    HEAD,
    BODY,
    CLIENT_READS,
    CLIENT_CLOSES
  }

  private final Protocol protocol;
  private final Input input = new Input();
  private final Outbox outbox = new Outbox();
  private @Nullable Workspace workspace;
  private Phase phase = Phase.HEAD;
  private Wait wait = Wait.REQUEST;
  private ParseResult.@Nullable Complete pending;
  private @Nullable BodySkipper skipper;
  private boolean inputEnded;
  private boolean lingers;
  private boolean endsOutput;
  private boolean draining;
  private boolean progressed;
  private int answered;
  private long deadline;

  /// A conversation that begins now.
  public Conversation(Protocol protocol, long now) {
    this.protocol = protocol;
    deadline = now + protocol.deadlines().idle().toNanos();
  }

  /// A conversation that says 503 and ends, whatever the client says.
  public static Conversation refusing(Protocol protocol, Workspace workspace, long now) {
    Conversation conversation = new Conversation(protocol, now);
    conversation.begin(workspace);
    conversation.refuse(Rule.TOO_MANY_CONNECTIONS);
    conversation.finish(now);
    return conversation;
  }

  /// Begins a turn with these buffers.
  public void begin(Workspace lent) {
    workspace = lent;
    outbox.lend(lent.output);
    progressed = false;
  }

  /// Ends the turn and keeps what is unfinished.
  public void finish(long now) {
    input.keep();
    outbox.reclaim();
    workspace = null;
    Wait next = nextWait();
    if (next != wait || progressed) {
      wait = next;
      deadline = now + timeFor(next).toNanos();
    }
  }

  /// Where to read into, before [#receive]. What lay there is kept first.
  public byte[] inputBuffer() {
    input.keep();
    return current().input;
  }

  /// Takes the first `length` bytes of [#inputBuffer()].
  public void receive(int length) {
    if (phase == Phase.HEAD || phase == Phase.BODY) {
      input.add(current().input, length);
      process();
    }
  }

  /// The client will send nothing more; it may still read.
  public void inputEnded() {
    inputEnded = true;
    if (phase == Phase.LINGERING) {
      phase = Phase.DONE;
    } else {
      process();
    }
  }

  /// Goes on with input that had to wait for output; true if that gave output to send or an end.
  public boolean proceed() {
    if (phase != Phase.HEAD && phase != Phase.BODY) {
      return false;
    }
    process();
    return !outbox.isEmpty() || phase == Phase.DONE;
  }

  /// Sends what can be sent at once.
  public Flushed flush(Sink sink) {
    long before = outbox.sentBytes();
    Flushed flushed = outbox.flush(sink, protocol.observer(), phase == Phase.LAST);
    progressed |= outbox.sentBytes() != before;
    if (flushed == Flushed.ALL && phase == Phase.LAST) {
      phase = lingers && !inputEnded ? Phase.LINGERING : Phase.DONE;
      endsOutput = true;
    }
    return flushed;
  }

  /// Whether output must be ended now; true once.
  ///
  /// That is before closing too: the last bytes wait in the kernel to leave together with FIN, and
  /// closing with input unread would drop them.
  public boolean endsOutput() {
    boolean ends = endsOutput;
    endsOutput = false;
    return ends;
  }

  /// Whether more input is of use now.
  public boolean wantsInput() {
    return !inputEnded && phase != Phase.DONE && (phase == Phase.LINGERING || outbox.isEmpty());
  }

  /// Whether it is over and the socket should be closed.
  public boolean isDone() {
    return phase == Phase.DONE;
  }

  /// When [#expire] is due, in nanoseconds of `System.nanoTime`.
  public long deadline() {
    return deadline;
  }

  /// The deadline has passed: a half-read request is answered 408, anything else just ends.
  public void expire() {
    switch (wait) {
      case HEAD -> refuse(Rule.HEADER_TIMEOUT);
      case BODY -> refuse(Rule.BODY_TIMEOUT);
      case REQUEST, CLIENT_READS, CLIENT_CLOSES -> abandon();
    }
  }

  /// The server wants to stop: answers what has begun, then ends; ends at once if nothing has.
  public void drain() {
    draining = true;
    if (phase == Phase.HEAD && input.isEmpty() && outbox.isEmpty()) {
      phase = Phase.DONE;
    }
  }

  /// It is over, whatever was still to be sent.
  public void abandon() {
    outbox.discard();
    input.clear();
    phase = Phase.DONE;
  }

  private void process() {
    while (!outbox.isFull()) {
      boolean goesOn =
          switch (phase) {
            case HEAD -> head();
            case BODY -> body();
            case LAST, LINGERING, DONE -> false;
          };
      if (!goesOn) {
        return;
      }
    }
  }

  private boolean head() {
    if (!input.isWorthParsing(inputEnded)) {
      if (inputEnded && input.isEmpty()) {
        lastSaid(false);
      }
      return false;
    }
    return switch (current().parser.parse(input.bytes(), input.from(), input.to())) {
      case ParseResult.Incomplete() -> {
        if (inputEnded) {
          refuse(Rule.CUT_OFF);
        }
        yield false;
      }
      case ParseResult.Rejected rejected -> {
        refuse(rejected.rule());
        yield false;
      }
      case ParseResult.Complete complete -> {
        input.consume(complete.end());
        progressed = true;
        beginBody(complete);
        yield true;
      }
    };
  }

  private void beginBody(ParseResult.Complete complete) {
    if (complete.framing() instanceof Framing.Length(long bytes) && bytes == 0) {
      answer(complete);
      return;
    }
    if (complete.expectsContinue() && input.isEmpty()) {
      outbox.put(protocol.renderer().interim());
    }
    pending = complete;
    skipper = BodySkipper.of(complete.framing(), protocol.limits());
    phase = Phase.BODY;
  }

  private boolean body() {
    BodySkipper skipping = skipper;
    ParseResult.Complete request = pending;
    if (skipping == null || request == null) {
      throw new IllegalStateException("no body to skip");
    }
    input.consume(skipping.skip(input.bytes(), input.from(), input.to()));
    Rule broken = skipping.broken();
    if (broken != null) {
      refuse(broken);
      return false;
    }
    if (!skipping.isComplete()) {
      if (inputEnded) {
        refuse(Rule.CUT_OFF);
      }
      return false;
    }
    pending = null;
    skipper = null;
    phase = Phase.HEAD;
    answer(request);
    return true;
  }

  private void answer(ParseResult.Complete complete) {
    answered++;
    Response response;
    boolean keeps = complete.keepAlive() && !draining;
    try {
      response = protocol.handler().handle(complete.request());
    } catch (RuntimeException failure) {
      protocol.observer().failed(failure);
      response = ProblemType.INTERNAL_ERROR.response(ProblemType.INTERNAL_ERROR.title());
      keeps = false;
    }
    boolean atLimit = answered >= protocol.deadlines().requestsMax();
    keeps &= !atLimit;
    boolean isOld = complete.request().version() == Version.HTTP_1_0;
    Persistence kept = isOld ? Persistence.KEEP_ALIVE : Persistence.IMPLIED;
    say(response, keeps ? kept : Persistence.CLOSE, complete.request().isHead());
    if (!keeps) {
      // A client that said "close" itself sends nothing more; any other may be sending already.
      lastSaid(complete.keepAlive() || !input.isEmpty());
    }
  }

  private void refuse(Rule rule) {
    protocol.observer().refused(rule);
    say(rule.problem().response(rule.detail()), Persistence.CLOSE, false);
    lastSaid(true);
  }

  private void lastSaid(boolean linger) {
    lingers = linger;
    pending = null;
    skipper = null;
    input.clear();
    phase = outbox.isEmpty() && !linger ? Phase.DONE : Phase.LAST;
  }

  private void say(Response response, Persistence persistence, boolean headOnly) {
    protocol.observer().answered(response.status());
    int at = outbox.reserve(protocol.renderer().lengthMax(response));
    outbox.advance(protocol.renderer().render(response, persistence, outbox.buffer(), at));
    if (headOnly || response.status().isBodiless()) {
      response.body().release();
    } else {
      outbox.put(response.body());
    }
    progressed = true;
  }

  private Wait nextWait() {
    if (phase == Phase.LINGERING) {
      return Wait.CLIENT_CLOSES;
    }
    if (!outbox.isEmpty()) {
      return Wait.CLIENT_READS;
    }
    if (phase == Phase.BODY) {
      return Wait.BODY;
    }
    return input.isEmpty() ? Wait.REQUEST : Wait.HEAD;
  }

  private Duration timeFor(Wait awaited) {
    Deadlines deadlines = protocol.deadlines();
    return switch (awaited) {
      case REQUEST -> deadlines.idle();
      case HEAD -> deadlines.header();
      case BODY -> deadlines.body();
      case CLIENT_READS -> deadlines.write();
      case CLIENT_CLOSES -> deadlines.linger();
    };
  }

  private Workspace current() {
    Workspace lent = workspace;
    if (lent == null) {
      throw new IllegalStateException("not in a turn");
    }
    return lent;
  }
}
