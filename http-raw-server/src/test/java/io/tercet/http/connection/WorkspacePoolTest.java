package io.tercet.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.Eventually;
import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.Workspace;
import io.tercet.http.buffer.WorkspacePool;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.OpenFile;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// There are only so many workspaces, and whoever waits does not keep one.
@Timeout(60)
class WorkspacePoolTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final Response OK = Response.of(Status.OK, Fields.NONE, new byte[0]);

  private final MemoryBudget budget = new MemoryBudget(10_000);
  private final WorkspacePool pool = new WorkspacePool(RequestLimits.DEFAULT, 1);

  @Test
  void anotherHasTheOnlyOneWhileAHandlerWaits() {
    List<String> other = new ArrayList<>();
    Handler waiting =
        request -> {
          other.addAll(turn(request2 -> OK, GET));
          return OK;
        };
    assertThat(turn(waiting, GET)).hasSize(1).allMatch(heard -> heard.startsWith("HTTP/1.1 200"));
    assertThat(other).hasSize(1).allMatch(heard -> heard.startsWith("HTTP/1.1 200"));
  }

  @Test
  void aConversationKeepsWhatHoldsMoreRequestsOrTheirAnswers() {
    assertThat(turn(request -> OK, GET.repeat(16))).hasSize(1);
  }

  @Test
  void whoeverComesPastTheBoundWaitsForTheEndOfATurn() throws InterruptedException {
    Workspace only = pool.borrow();
    AtomicReference<Workspace> second = new AtomicReference<>();
    Thread waiting = Thread.ofPlatform().start(() -> second.set(pool.borrow()));
    Eventually.isTrue(() -> waiting.getState() == Thread.State.WAITING);
    assertThat(second).hasNullValue();
    only.giveBack();
    waiting.join();
    assertThat(second).hasValue(only);
  }

  @Test
  void aRequestCountsWhileItsHandlerWaits() {
    String large = "GET /a HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(6_000) + "\r\n\r\n";
    List<String> other = new ArrayList<>();
    Handler waiting =
        request -> {
          other.addAll(turn(request2 -> OK, large));
          return OK;
        };
    assertThat(turn(waiting, large)).allMatch(heard -> heard.startsWith("HTTP/1.1 200"));
    assertThat(other).hasSize(1).allMatch(heard -> heard.startsWith("HTTP/1.1 503"));
    assertThat(budget.reserved()).isZero();
  }

  @Test
  void aHandlerThatBreaksKeepsNone() {
    Handler broken =
        request -> {
          throw new OutOfMemoryError("large");
        };
    assertThatThrownBy(() -> turn(broken, GET)).isInstanceOf(OutOfMemoryError.class);
    assertThat(turn(request -> OK, GET)).hasSize(1);
  }

  /// What a client hears, a text for each write.
  private List<String> turn(Handler handler, String says) {
    ServerContext protocol =
        new ServerContext(
            handler,
            RequestLimits.DEFAULT,
            ConnectionLimits.DEFAULT,
            new HeadRenderer(new HttpDate(InstantSource.system())),
            Observer.none(),
            ConnectionLimiter.any(),
            budget,
            null);
    Conversation conversation = new Conversation(protocol, 0);
    List<String> heard = new ArrayList<>();
    conversation.begin(pool.borrow());
    try {
      byte[] bytes = says.getBytes(ISO_8859_1);
      System.arraycopy(bytes, 0, conversation.inputBuffer(), 0, bytes.length);
      conversation.receive(bytes.length);
      conversation.flush(new Ear(heard));
    } finally {
      conversation.finish(0);
    }
    return heard;
  }

  /// Takes everything.
  private record Ear(List<String> heard) implements NonBlockingOutput {
    @Override
    public int write(byte[] bytes, int offset, int length, boolean more) {
      heard.add(new String(bytes, offset, length, ISO_8859_1));
      return length;
    }

    @Override
    public long transfer(OpenFile file, long position, long length) {
      throw new UnsupportedOperationException("no files here");
    }
  }
}
