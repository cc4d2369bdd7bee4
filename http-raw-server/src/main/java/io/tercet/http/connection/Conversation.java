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

/// The HTTP conversation with one client: a state machine that never sees a socket.
///
/// ```
///   PROXY_HEADER ──header complete──▶ HEAD              only behind proxies that send one
///   HEAD ──head complete──▶ BODY ──body complete──▶ response ──keep-alive──▶ HEAD
///     │                       │                        └───────last───────▶ CLOSING
///     └────a rule broken──────┴──────────────────────────────────────────────▶│
///                                everything sent: CLOSING ──▶ LINGERING ──▶ DONE
/// ```
///
/// A turn is [#begin], then any of [#receive], [#inputEnded], [#expire], [#flush] and [#proceed],
/// then [#finish]. Between turns it owns no buffer, unless a request has come in part or a response
/// has been sent in part.
///
/// - Pipelining: requests are answered in order, as many in a turn as fit the output buffer. Input
///   waits while output does ([#wantsInput]).
/// - Last response: after a rejection the client may still be sending. Closing with unread input
///   would make the kernel send RST and destroy the response. So the output ends first, and input
///   is read and dropped for a while: LINGERING (RFC 9112 §9.6).
/// - Bounds: [io.tercet.http.parse.RequestLimits], [ConnectionLimits],
///   [io.tercet.http.buffer.MemoryBudget].
/// - Threading: confined to the thread that has the turn. Time is `System.nanoTime` of the caller.
/// - Errors: an exception of the handler becomes a 500 and the end. A file that changes while it is
///   sent ends the connection.
public final class Conversation {
  private final ServerContext server;
  private final ConnectionBuffers buffers;
  private final InputBuffer input;
  private final OutboundBuffer output;
  private final ClientIdentity client;
  private final ResponseWriter writer;
  private final DeadlineTimer timer;
  private ConversationState state;
  private @Nullable RequestBodyReader bodyReader;
  private boolean inputEnded;
  private boolean lingers;
  private boolean endsOutput;
  private boolean draining;
  private boolean progressed;
  private int answered;

  /// A conversation with an unknown client, which begins now.
  public Conversation(ServerContext server, long now) {
    this(server, PeerAddress.UNKNOWN, now);
  }

  private Conversation(ServerContext server, PeerAddress peer, long now) {
    this.server = server;
    buffers = new ConnectionBuffers(server.memory());
    input = buffers.input();
    output = buffers.output();
    client = new ClientIdentity(server.limiter(), peer);
    writer = new ResponseWriter(server, client, output);
    state = client.sendsProxyHeader() ? ConversationState.PROXY_HEADER : ConversationState.HEAD;
    timer = new DeadlineTimer(server.deadlines(), WaitReason.in(state, true, true));
    beginWait(now);
  }

  /// Starts the time for the first request now, because no thread was there until now.
  public void beginWait(long now) {
    timer.start(now);
  }

  /// A conversation over a connection that was just accepted. If the server is full, or this client
  /// has enough connections, it says so and ends, whatever the client sends.
  public static Conversation accepted(
      ServerContext server, PeerAddress peer, boolean full, Workspace workspace, long now) {
    Conversation conversation = new Conversation(server, peer, now);
    if (full || !conversation.client.connect()) {
      conversation.state = ConversationState.HEAD;
      conversation.begin(workspace);
      conversation.reject(full ? Rule.TOO_MANY_CONNECTIONS : Rule.TOO_MANY_OF_ONE_CLIENT);
      conversation.finish(now);
    }
    return conversation;
  }

  /// Begins a turn with this workspace, which [#finish] gives back.
  public void begin(Workspace lent) {
    buffers.begin(lent);
    progressed = false;
  }

  /// Ends the turn. Keeps what is unfinished; ends the conversation if there is no room for that.
  public void finish(long now) {
    buffers.finish();
    if (!buffers.reserveKept(writer.heldBytes())) {
      abandon();
    }
    WaitReason reason = WaitReason.in(state, output.isEmpty(), input.isEmpty());
    timer.waitFor(reason, progressed, bodyReader, now);
  }

  /// Where to read into, before [#receive].
  public byte[] inputBuffer() {
    return buffers.readBuffer();
  }

  /// Takes the first `length` bytes of [#inputBuffer()], and answers the requests that are
  /// complete.
  public void receive(int length) {
    if (isListening()) {
      writer.received(state != ConversationState.BODY && input.isEmpty());
      buffers.received(length);
      process();
      if (isListening() && !buffers.reserve(input.heldBytes())) {
        reject(Rule.TOO_MUCH_UNFINISHED);
      }
    }
  }

  /// The client has ended its output. It may still read.
  public void inputEnded() {
    inputEnded = true;
    if (state == ConversationState.LINGERING) {
      state = ConversationState.DONE;
    } else {
      process();
    }
  }

  /// Goes on with input that had to wait for output. True if there is output to send now, or the
  /// conversation is over.
  public boolean proceed() {
    if (!isListening()) {
      return false;
    }
    process();
    return !output.isEmpty() || state == ConversationState.DONE;
  }

  /// Sends what can be sent at once.
  public FlushResult flush(NonBlockingOutput socket) {
    long before = output.sentBytes();
    FlushResult flushed = writer.flush(socket, state == ConversationState.CLOSING);
    progressed |= output.sentBytes() != before;
    if (flushed == FlushResult.ALL && state != ConversationState.BODY) {
      client.responsesSent();
    }
    if (flushed == FlushResult.ALL && state == ConversationState.CLOSING) {
      state = lingers && !inputEnded ? ConversationState.LINGERING : ConversationState.DONE;
      endsOutput = true;
    }
    return flushed;
  }

  /// Whether the caller must end the output now. True once, and before closing too, unless no input
  /// is unread: the kernel keeps the last bytes to send them together with FIN, and closing with
  /// unread input would drop them.
  public boolean endsOutput() {
    boolean ends = endsOutput;
    endsOutput = false;
    return ends;
  }

  /// Whether more input is of use now.
  public boolean wantsInput() {
    return !inputEnded
        && state != ConversationState.DONE
        && (state == ConversationState.LINGERING || output.isEmpty());
  }

  /// Whether it is over and the socket should be closed.
  public boolean isDone() {
    return state == ConversationState.DONE;
  }

  /// When [#expire] is due, in nanoseconds of `System.nanoTime`.
  public long deadline() {
    return timer.deadline();
  }

  /// The deadline has passed. A request that has come in part is answered 408, anything else ends.
  public void expire() {
    switch (timer.reason()) {
      case HEAD -> reject(Rule.HEADER_TIMEOUT);
      case BODY -> reject(bodyReader == null ? Rule.BODY_TIMEOUT : bodyReader.timeout());
      case REQUEST, CLIENT_READS, CLIENT_CLOSES -> abandon();
    }
  }

  /// The server stops: the conversation answers requests that have begun, then ends.
  public void drain() {
    draining = true;
    if (isListening() && bodyReader == null && input.isEmpty() && output.isEmpty()) {
      state = ConversationState.DONE;
    }
  }

  /// Ends it at once, whatever was still to be sent.
  public void abandon() {
    writer.discard();
    client.release();
    dropBody();
    input.clear();
    buffers.reserve(0);
    state = ConversationState.DONE;
  }

  private boolean isListening() {
    return switch (state) {
      case PROXY_HEADER, HEAD, BODY -> true;
      case CLOSING, LINGERING, DONE -> false;
    };
  }

  private void process() {
    while (!output.isFull()) {
      boolean goesOn =
          switch (state) {
            case PROXY_HEADER -> readProxyHeader();
            case HEAD -> readHead();
            case BODY -> readBody();
            case CLOSING, LINGERING, DONE -> false;
          };
      if (!goesOn) {
        return;
      }
    }
  }

  private boolean readProxyHeader() {
    ProxyHeader header = ProxyHeader.parse(input.bytes(), input.from(), input.to());
    if (header.state() == ProxyHeader.State.COMPLETE) {
      input.consume(header.end());
      progressed = true;
      state = ConversationState.HEAD;
      if (!client.connectFor(header.source())) {
        reject(Rule.TOO_MANY_OF_ONE_CLIENT);
      }
      return true;
    }
    if (inputEnded && input.isEmpty()) {
      abandon();
    } else if (inputEnded || header.state() == ProxyHeader.State.REJECTED) {
      reject(Rule.PROXY_HEADER);
    }
    return false;
  }

  private boolean readHead() {
    if (!input.isWorthParsing(inputEnded)) {
      if (inputEnded && input.isEmpty()) {
        closeAfterResponse(false);
      }
      return false;
    }
    return switch (buffers.parser().parse(input.bytes(), input.from(), input.to())) {
      case ParseResult.Incomplete() -> {
        if (inputEnded) {
          reject(Rule.CUT_OFF);
        }
        yield false;
      }
      case ParseResult.Rejected rejected -> {
        reject(rejected.rule(), rejected.request());
        yield false;
      }
      case ParseResult.Complete complete -> {
        input.consume(complete.end());
        progressed = true;
        if (client.beginRequest(complete.request().headers())) {
          beginBody(complete);
        } else {
          reject(Rule.TOO_MANY_OF_ONE_CLIENT, complete.request());
        }
        yield true;
      }
    };
  }

  private void beginBody(ParseResult.Complete head) {
    if (head.framing() instanceof Framing.Length(long bytes) && bytes == 0) {
      answer(head, head.request());
      return;
    }
    long bytesMax;
    try {
      bytesMax = server.handler().bodyBytesMax(head.request());
    } catch (RuntimeException | Error failure) {
      handlerFailed(failure, head.request());
      return;
    }
    bodyReader = new RequestBodyReader(head, server.limits(), bytesMax, server.memory());
    if (bodyReader.sendsContinue() && input.isEmpty()) {
      output.put(server.renderer().interim());
    }
    state = ConversationState.BODY;
  }

  private boolean readBody() {
    RequestBodyReader body = Objects.requireNonNull(bodyReader, "no body to read");
    input.consume(body.read(input.bytes(), input.from(), input.to()));
    Rule broken = body.broken();
    if (broken != null) {
      reject(broken);
      return false;
    }
    if (!body.isComplete()) {
      if (inputEnded) {
        reject(Rule.CUT_OFF);
      }
      return false;
    }
    state = ConversationState.HEAD;
    answer(body.head(), writer.takeRequest(body));
    dropBody();
    return true;
  }

  private void answer(ParseResult.Complete head, Request request) {
    @Nullable Response response;
    try {
      response = buffers.doUnblocked(request.headers().bytes(), () -> handle(request));
    } catch (RuntimeException | Error failure) {
      handlerFailed(failure, head.request());
      return;
    }
    if (response == null) {
      reject(Rule.TOO_MUCH_UNFINISHED, head.request());
      return;
    }
    boolean isLast = ++answered >= server.deadlines().requestsMax();
    boolean keepsAlive = head.keepAlive() && !draining && !isLast;
    respond(response, Persistence.of(keepsAlive, request.version()), head.request());
    if (!keepsAlive) {
      // A client that sent "close" itself sends nothing more. Any other may be sending already.
      closeAfterResponse(head.keepAlive() || !input.isEmpty());
    }
  }

  private Response handle(Request request) {
    return Objects.requireNonNull(server.handler().handle(request), "a handler has no answer");
  }

  private void handlerFailed(Throwable failure, Request request) {
    server.failed(failure);
    ProblemType problem = ProblemType.INTERNAL_ERROR;
    respond(problem.response(problem.title()), Persistence.CLOSE, request);
    closeAfterResponse(true);
  }

  private void reject(Rule rule) {
    reject(rule, bodyReader == null ? null : bodyReader.head().request());
  }

  private void reject(Rule rule, @Nullable Request request) {
    server.observer().refused(rule);
    if (state == ConversationState.PROXY_HEADER) {
      // The peer is a proxy that does not speak HTTP yet.
      abandon();
      return;
    }
    client.rejectRequest(request);
    respond(rule.problem().response(rule.detail()), Persistence.CLOSE, request);
    closeAfterResponse(true);
  }

  private void closeAfterResponse(boolean linger) {
    lingers = linger;
    dropBody();
    input.clear();
    boolean isOver = output.isEmpty() && !linger;
    state = isOver ? ConversationState.DONE : ConversationState.CLOSING;
  }

  private void dropBody() {
    if (bodyReader != null) {
      bodyReader.discard();
      bodyReader = null;
    }
  }

  private void respond(Response response, Persistence persistence, @Nullable Request request) {
    boolean forHead = request == null ? input.asksForHead() : request.isHead();
    writer.write(response, persistence, request, forHead);
    progressed = true;
  }
}
