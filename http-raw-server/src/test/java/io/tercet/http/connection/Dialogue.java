package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.buffer.FlushResult;
import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Handler;
import io.tercet.http.message.IpAddress;
import io.tercet.http.message.OpenFile;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.parse.Rule;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// One client's side of a conversation without a socket, by a clock that moves when it is told to.
final class Dialogue {
  final List<Rule> refused = new ArrayList<>();
  final List<AccessLog.Entry> logged = new ArrayList<>();
  private final ServerContext protocol;
  private final Workspace workspace = new Workspace(RequestLimits.DEFAULT);
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private Conversation conversation;
  private long now = 1_000_000_000_000L;
  int room = Integer.MAX_VALUE;

  Dialogue(Handler handler) {
    this(handler, RequestLimits.DEFAULT, ConnectionLimits.DEFAULT, ConnectionLimiter.any());
  }

  Dialogue(Handler handler, ConnectionLimiter callers) {
    this(handler, RequestLimits.DEFAULT, ConnectionLimits.DEFAULT, callers);
  }

  Dialogue(
      Handler handler,
      RequestLimits limits,
      ConnectionLimits deadlines,
      ConnectionLimiter callers) {
    this(handler, limits, deadlines, callers, new MemoryBudget(MemoryBudget.BYTES_MAX));
  }

  Dialogue(Handler handler, MemoryBudget bodies) {
    this(handler, RequestLimits.DEFAULT, ConnectionLimits.DEFAULT, ConnectionLimiter.any(), bodies);
  }

  private Dialogue(
      Handler handler,
      RequestLimits limits,
      ConnectionLimits deadlines,
      ConnectionLimiter callers,
      MemoryBudget bodies) {
    Observer observer =
        new Observer() {
          @Override
          public void refused(Rule rule) {
            refused.add(rule);
          }
        };
    AccessLog log =
        new AccessLog() {
          @Override
          public long now() {
            return now;
          }

          @Override
          public void add(Entry entry) {
            logged.add(entry);
          }
        };
    InstantSource clock = InstantSource.fixed(Instant.parse("1994-11-06T08:49:37Z"));
    HeadRenderer renderer = new HeadRenderer(new HttpDate(clock));
    protocol =
        new ServerContext(handler, limits, deadlines, renderer, observer, callers, bodies, log);
    conversation = new Conversation(protocol, now);
  }

  /// Connects anew, from this address and port 4711.
  Dialogue from(String address) {
    Endpoint peer = new Endpoint(IpAddress.parse(address).orElseThrow(), 4711);
    conversation = Conversation.accepted(protocol, () -> peer, false, workspace, now);
    return this;
  }

  String say(String text) {
    return say(text.getBytes(ISO_8859_1), 0, text.length());
  }

  String say(byte[] bytes, int from, int to) {
    conversation.begin(workspace);
    steps();
    if (conversation.wantsInput() && from < to) {
      System.arraycopy(bytes, from, conversation.inputBuffer(), 0, to - from);
      conversation.receive(to - from);
      steps();
    }
    conversation.finish(now);
    return take();
  }

  /// Goes on without a word, when time has passed or there is room again.
  String listen() {
    conversation.begin(workspace);
    if (now - conversation.deadline() >= 0) {
      conversation.expire();
    }
    steps();
    conversation.finish(now);
    return take();
  }

  String end() {
    conversation.begin(workspace);
    conversation.inputEnded();
    steps();
    conversation.finish(now);
    return take();
  }

  boolean wantsInput() {
    return conversation.wantsInput();
  }

  void drain() {
    conversation.drain();
  }

  void vanish() {
    conversation.abandon();
  }

  boolean isOver() {
    return conversation.isDone();
  }

  Dialogue pass(Duration time) {
    now += time.toNanos();
    return this;
  }

  private void steps() {
    boolean goesOn = true;
    while (goesOn) {
      FlushResult flushed = conversation.flush(new Ear());
      conversation.endsOutput();
      goesOn =
          flushed == FlushResult.SOME || (flushed == FlushResult.ALL && conversation.proceed());
    }
  }

  private String take() {
    String text = heard.toString(ISO_8859_1);
    heard.reset();
    return text;
  }

  /// Takes as much as there is room for.
  private final class Ear implements NonBlockingOutput {
    @Override
    public int write(byte[] bytes, int offset, int length, boolean more) {
      int taken = Math.min(room, length);
      if (taken == 0) {
        return WOULD_BLOCK;
      }
      heard.write(bytes, offset, taken);
      room -= room == Integer.MAX_VALUE ? 0 : taken;
      return taken;
    }

    @Override
    public long transfer(OpenFile file, long position, long length) {
      throw new UnsupportedOperationException("no files here");
    }
  }
}
