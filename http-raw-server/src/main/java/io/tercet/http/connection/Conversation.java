package io.tercet.http.connection;

import io.tercet.http.buffer.ConnectionBuffers;
import io.tercet.http.buffer.FlushResult;
import io.tercet.http.buffer.InputBuffer;
import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.OutboundBuffer;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.client.ClientIdentity;
import io.tercet.http.client.PeerAddress;
import io.tercet.http.client.ProxyHeader;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.parse.Framing;
import io.tercet.http.parse.ParseResult;
import io.tercet.http.parse.Rule;
import io.tercet.http.render.HeadRenderer.Persistence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The conversation with one client, as a state machine that never sees a socket.
///
/// ```
///   PREFACE ──a proxy's header whole──▶ HEAD           only where proxies send one
///   HEAD ──head whole──▶ BODY ───body whole───▶ answer ──keep-alive──▶ HEAD
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
/// - Bounds: [io.tercet.http.parse.RequestLimits], [ConnectionLimits], [io.tercet.http.buffer.MemoryBudget].
/// - Threading: confined to whoever has the turn. Time is `System.nanoTime` of the caller.
/// - Errors: what the handler throws is a 500 and the end; a file that changes ends the connection.
public final class Conversation {
  private final ServerContext protocol;
  private final ConnectionBuffers buffers;
  private final InputBuffer input;
  private final OutboundBuffer outbox;
  private final ClientIdentity caller;
  private final ResponseWriter answers;
  private final DeadlineTimer patience;
  private ConversationState phase;
  private @Nullable RequestBodyReader intake;
  private boolean inputEnded;
  private boolean lingers;
  private boolean endsOutput;
  private boolean draining;
  private boolean progressed;
  private int answered;

  /// A conversation with somebody, that begins now.
  public Conversation(ServerContext protocol, long now) {
    this(protocol, PeerAddress.UNKNOWN, now);
  }

  private Conversation(ServerContext protocol, PeerAddress remote, long now) {
    this.protocol = protocol;
    buffers = new ConnectionBuffers(protocol.memory());
    input = buffers.input;
    outbox = buffers.outbox;
    caller = new ClientIdentity(protocol.callers(), remote);
    answers = new ResponseWriter(protocol, caller, outbox);
    phase = caller.beginsWithProxyHeader() ? ConversationState.PREFACE : ConversationState.HEAD;
    patience = new DeadlineTimer(protocol.deadlines(), WaitReason.in(phase, true, true));
    beginWait(now);
  }

  /// Nobody could listen until now: the time for the first request begins only now.
  public void beginWait(long now) {
    patience.begin(now);
  }

  /// A conversation over a connection that was just accepted. It says no and ends, whatever the
  /// client says, if the server is full or this client has enough connections.
  public static Conversation accepted(
      ServerContext protocol, PeerAddress remote, boolean full, Workspace workspace, long now) {
    Conversation conversation = new Conversation(protocol, remote, now);
    boolean refused = full || !conversation.caller.connects();
    if (refused) {
      conversation.phase = ConversationState.HEAD;
      conversation.begin(workspace);
      conversation.refuse(full ? Rule.TOO_MANY_CONNECTIONS : Rule.TOO_MANY_OF_ONE_CLIENT);
      conversation.finish(now);
    }
    return conversation;
  }

  /// Begins a turn with these buffers, which are given back when it is finished.
  public void begin(Workspace lent) {
    buffers.begin(lent);
    progressed = false;
  }

  /// Ends the turn and keeps what is unfinished, or ends if there is no room for that.
  public void finish(long now) {
    buffers.finish();
    if (!buffers.keeps(answers.heldBytes())) {
      abandon();
    }
    patience.waitsFor(
        WaitReason.in(phase, outbox.isEmpty(), input.isEmpty()), progressed, intake, now);
  }

  /// Where to read into, before [#receive]. What lay there is kept first.
  public byte[] inputBuffer() {
    return buffers.lentForInput();
  }

  /// Takes the first `length` bytes of [#inputBuffer()].
  public void receive(int length) {
    if (isListening()) {
      answers.receives(phase != ConversationState.BODY && input.isEmpty());
      buffers.add(length);
      process();
      if (isListening() && !buffers.holds(input.heldBytes())) {
        refuse(Rule.TOO_MUCH_UNFINISHED);
      }
    }
  }

  /// The client will send nothing more; it may still read.
  public void inputEnded() {
    inputEnded = true;
    if (phase == ConversationState.LINGERING) {
      phase = ConversationState.DONE;
    } else {
      process();
    }
  }

  /// Goes on with input that had to wait for output; true if that gave output to send or an end.
  public boolean proceed() {
    if (!isListening()) {
      return false;
    }
    process();
    return !outbox.isEmpty() || phase == ConversationState.DONE;
  }

  /// Sends what can be sent at once.
  public FlushResult flush(NonBlockingOutput sink) {
    long before = outbox.sentBytes();
    FlushResult flushed = answers.flush(sink, phase == ConversationState.LAST);
    progressed |= outbox.sentBytes() != before;
    if (flushed == FlushResult.ALL && phase != ConversationState.BODY) {
      caller.served();
    }
    if (flushed == FlushResult.ALL && phase == ConversationState.LAST) {
      phase = lingers && !inputEnded ? ConversationState.LINGERING : ConversationState.DONE;
      endsOutput = true;
    }
    return flushed;
  }

  /// Whether output must be ended now; true once, and before closing too, unless nothing lies
  /// unread: the last bytes wait in the kernel to leave together with FIN, and closing with input
  /// unread would drop them.
  public boolean endsOutput() {
    boolean ends = endsOutput;
    endsOutput = false;
    return ends;
  }

  /// Whether more input is of use now.
  public boolean wantsInput() {
    return !inputEnded
        && phase != ConversationState.DONE
        && (phase == ConversationState.LINGERING || outbox.isEmpty());
  }

  /// Whether it is over and the socket should be closed.
  public boolean isDone() {
    return phase == ConversationState.DONE;
  }

  /// When [#expire] is due, in nanoseconds of `System.nanoTime`.
  public long deadline() {
    return patience.deadline();
  }

  /// The deadline has passed: a half-read request is answered 408, anything else just ends.
  public void expire() {
    switch (patience.awaited()) {
      case HEAD -> refuse(Rule.HEADER_TIMEOUT);
      case BODY -> refuse(intake == null ? Rule.BODY_TIMEOUT : intake.timeout());
      case REQUEST, CLIENT_READS, CLIENT_CLOSES -> abandon();
    }
  }

  /// The server wants to stop: answers what has begun, then ends; ends at once if nothing has.
  public void drain() {
    draining = true;
    if (isListening() && intake == null && input.isEmpty() && outbox.isEmpty()) {
      phase = ConversationState.DONE;
    }
  }

  /// It is over, whatever was still to be sent.
  public void abandon() {
    answers.discard();
    caller.leave();
    dropBody();
    input.clear();
    buffers.holds(0);
    phase = ConversationState.DONE;
  }

  private boolean isListening() {
    return phase == ConversationState.HEAD
        || phase == ConversationState.BODY
        || phase == ConversationState.PREFACE;
  }

  private void process() {
    while (!outbox.isFull()) {
      boolean goesOn =
          switch (phase) {
            case PREFACE -> preface();
            case HEAD -> head();
            case BODY -> body();
            case LAST, LINGERING, DONE -> false;
          };
      if (!goesOn) {
        return;
      }
    }
  }

  private boolean preface() {
    ProxyHeader header = ProxyHeader.parse(input.bytes(), input.from(), input.to());
    if (header.state() == ProxyHeader.State.COMPLETE) {
      input.consume(header.end());
      progressed = true;
      phase = ConversationState.HEAD;
      if (!caller.introduce(header.source())) {
        refuse(Rule.TOO_MANY_OF_ONE_CLIENT);
      }
      return true;
    }
    if (inputEnded && input.isEmpty()) {
      abandon();
    } else if (inputEnded || header.state() == ProxyHeader.State.REJECTED) {
      refuse(Rule.PROXY_HEADER);
    }
    return false;
  }

  private boolean head() {
    if (!input.isWorthParsing(inputEnded)) {
      if (inputEnded && input.isEmpty()) {
        lastSaid(false);
      }
      return false;
    }
    return switch (buffers.parser().parse(input.bytes(), input.from(), input.to())) {
      case ParseResult.Incomplete() -> {
        if (inputEnded) {
          refuse(Rule.CUT_OFF);
        }
        yield false;
      }
      case ParseResult.Rejected rejected -> {
        refuse(rejected.rule(), rejected.request());
        yield false;
      }
      case ParseResult.Complete complete -> {
        input.consume(complete.end());
        progressed = true;
        if (caller.requests(complete.request().headers())) {
          beginBody(complete);
        } else {
          refuse(Rule.TOO_MANY_OF_ONE_CLIENT, complete.request());
        }
        yield true;
      }
    };
  }

  private void beginBody(ParseResult.Complete complete) {
    if (complete.framing() instanceof Framing.Length(long bytes) && bytes == 0) {
      answer(complete, complete.request());
      return;
    }
    long takes;
    try {
      takes = protocol.handler().bodyBytesMax(complete.request());
    } catch (RuntimeException | Error failure) {
      fail(failure, complete.request());
      return;
    }
    intake = new RequestBodyReader(complete, protocol.limits(), takes, protocol.memory());
    if (intake.isWelcome() && input.isEmpty()) {
      outbox.put(protocol.renderer().interim());
    }
    phase = ConversationState.BODY;
  }

  private boolean body() {
    RequestBodyReader coming = Objects.requireNonNull(intake, "no body to read");
    input.consume(coming.read(input.bytes(), input.from(), input.to()));
    Rule broken = coming.broken();
    if (broken != null) {
      refuse(broken);
      return false;
    }
    if (!coming.isComplete()) {
      if (inputEnded) {
        refuse(Rule.CUT_OFF);
      }
      return false;
    }
    phase = ConversationState.HEAD;
    answer(coming.head(), answers.takeOver(coming));
    dropBody();
    return true;
  }

  private void answer(ParseResult.Complete complete, Request request) {
    @Nullable Response response;
    try {
      response = buffers.meanwhile(request.headers().bytes(), () -> handled(request));
    } catch (RuntimeException | Error failure) {
      fail(failure, complete.request());
      return;
    }
    if (response == null) {
      refuse(Rule.TOO_MUCH_UNFINISHED, complete.request());
      return;
    }
    boolean atLimit = ++answered >= protocol.deadlines().requestsMax();
    boolean keeps = complete.keepAlive() && !draining && !atLimit;
    say(response, Persistence.of(keeps, request.version()), complete.request());
    if (!keeps) {
      // A client that said "close" itself sends nothing more; any other may be sending already.
      lastSaid(complete.keepAlive() || !input.isEmpty());
    }
  }

  private Response handled(Request request) {
    return Objects.requireNonNull(protocol.handler().handle(request), "a handler has no answer");
  }

  private void fail(Throwable failure, Request request) {
    protocol.failed(failure);
    ProblemType problem = ProblemType.INTERNAL_ERROR;
    say(problem.response(problem.title()), Persistence.CLOSE, request);
    lastSaid(true);
  }

  private void refuse(Rule rule) {
    refuse(rule, intake == null ? null : intake.head().request());
  }

  private void refuse(Rule rule, @Nullable Request request) {
    protocol.observer().refused(rule);
    if (phase == ConversationState.PREFACE) {
      // What spoke is a proxy that does not speak HTTP yet.
      abandon();
      return;
    }
    caller.refused(request);
    say(rule.problem().response(rule.detail()), Persistence.CLOSE, request);
    lastSaid(true);
  }

  private void lastSaid(boolean linger) {
    lingers = linger;
    dropBody();
    input.clear();
    phase = outbox.isEmpty() && !linger ? ConversationState.DONE : ConversationState.LAST;
  }

  private void dropBody() {
    if (intake != null) {
      intake.end();
      intake = null;
    }
  }

  private void say(Response response, Persistence persistence, @Nullable Request request) {
    boolean forHead = request == null ? input.asksForHead() : request.isHead();
    answers.add(response, persistence, request, forHead);
    progressed = true;
  }
}
