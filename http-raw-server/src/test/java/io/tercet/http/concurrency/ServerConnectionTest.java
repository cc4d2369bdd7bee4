package io.tercet.http.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.OpenFile;
import io.tercet.http.parse.RequestLimits;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A conversation over a socket whose readiness is told once.
class ServerConnectionTest {
  private static final long WHILE_NANOS = 5_000_000_000L;
  private static final String REQUEST = "GET /n/1 HTTP/1.1\r\nHost: x\r\n\r\n";

  @TempDir Path root;
  private final Workspace workspace = new Workspace(RequestLimits.DEFAULT);

  @Test
  void seesTheEndOfInputThatComesWhileTheServerStops() {
    ServerContext protocol =
        ContractHandler.protocol(root, ConnectionLimits.DEFAULT, Observer.none());
    Script client = new Script();
    ServerConnection session = ServerConnection.accepted(client, protocol, false, workspace, 0);
    client.inputs.add("GET /n/");
    assertThat(session.turn(workspace, Poller.READABLE, 1))
        .isEqualTo(ServerConnection.Outcome.WAITING);
    assertThat(session.drain(workspace, 0, 2)).isEqualTo(ServerConnection.Outcome.WAITING);

    client.inputs.add("half");
    client.inputs.add("");
    ServerConnection.Outcome end = session.drain(workspace, Poller.READABLE | Poller.ENDED, 3);

    assertThat(end).isEqualTo(ServerConnection.Outcome.FINISHED);
    assertThat(client.heard).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void givesTheClientAllItsTimeAfterAHandlerThatTookLonger() {
    ServerContext protocol =
        ContractHandler.protocol(root, ConnectionLimits.DEFAULT, Observer.none());
    long longAgo = System.nanoTime() - 2 * ConnectionLimits.DEFAULT.write().toNanos();
    Script client = new Script();
    client.blocks = true;
    ServerConnection session =
        ServerConnection.accepted(client, protocol, false, workspace, longAgo);
    client.inputs.add(REQUEST);
    ServerConnection.Outcome blocked = session.turn(workspace, Poller.READABLE, longAgo);
    assertThat(blocked).isEqualTo(ServerConnection.Outcome.WAITING);

    client.blocks = false;
    ServerConnection.Outcome sent = session.turn(workspace, Poller.WRITABLE, session.turnEndedAt());

    assertThat(sent).isEqualTo(ServerConnection.Outcome.WAITING);
    assertThat(client.heard).startsWith("HTTP/1.1 200 ").endsWith("/n/1");
  }

  @Test
  void isOverIfWhoIsToldThatSomethingIsSentFails() {
    List<Throwable> failures = new ArrayList<>();
    Observer failing =
        new Observer() {
          @Override
          public void sent(long bytes) {
            throw new IllegalStateException("a bug");
          }

          @Override
          public void failed(Throwable failure) {
            failures.add(failure);
          }
        };
    ServerContext protocol = ContractHandler.protocol(root, ConnectionLimits.DEFAULT, failing);
    Script client = new Script();
    ServerConnection session = ServerConnection.accepted(client, protocol, false, workspace, 0);
    client.inputs.add(REQUEST);
    assertThat(session.turn(workspace, Poller.READABLE, 1))
        .isEqualTo(ServerConnection.Outcome.FINISHED);
    assertThat(failures).hasSize(1);
  }

  @Test
  void letsOthersHaveTheirTurnAfterAFewStepsOfAClientThatAlwaysHasMore() {
    // A turn that begins in a while is not too long yet.
    long begins = System.nanoTime() + WHILE_NANOS;
    Script client = new Script();
    client.inputs.addAll(Collections.nCopies(100, REQUEST));
    ServerConnection session = accepted(client, begins);
    int what = Poller.READABLE | Poller.ENDED;
    assertThat(session.turn(workspace, what, begins)).isEqualTo(ServerConnection.Outcome.YIELDED);
    assertThat(client.inputs).hasSize(100 - ServerConnection.STEPS_MAX);
    assertThat(session.turn(workspace, 0, begins)).isEqualTo(ServerConnection.Outcome.YIELDED);
    assertThat(client.inputs).hasSize(100 - 2 * ServerConnection.STEPS_MAX);
  }

  @Test
  void letsOthersHaveTheirTurnSoonerAfterStepsThatTakeTheirTime() {
    long began = System.nanoTime() - 2 * ServerConnection.TURN_NANOS_MAX;
    Script client = new Script();
    client.inputs.addAll(Collections.nCopies(100, REQUEST));
    ServerConnection session = accepted(client, began);
    int what = Poller.READABLE | Poller.ENDED;
    assertThat(session.turn(workspace, what, began)).isEqualTo(ServerConnection.Outcome.YIELDED);
    assertThat(client.inputs).hasSize(100 - ServerConnection.FREE_STEPS);
  }

  private ServerConnection accepted(Script client, long now) {
    ServerContext protocol =
        ContractHandler.protocol(root, ConnectionLimits.DEFAULT, Observer.none());
    return ServerConnection.accepted(client, protocol, false, workspace, now);
  }

  /// A client that says these texts, one a read; an empty one is its end.
  private static final class Script implements Socket {
    private final ArrayDeque<String> inputs = new ArrayDeque<>();
    private String heard = "";
    private boolean blocks;

    @Override
    public int receive(byte[] into, int offset, int length) {
      String next = inputs.poll();
      if (next == null) {
        return WOULD_BLOCK;
      }
      byte[] bytes = next.getBytes(ISO_8859_1);
      System.arraycopy(bytes, 0, into, offset, bytes.length);
      return bytes.length;
    }

    @Override
    public int write(byte[] bytes, int offset, int length, boolean more) {
      if (blocks) {
        return WOULD_BLOCK;
      }
      heard += new String(bytes, offset, length, ISO_8859_1);
      return length;
    }

    @Override
    public long transfer(OpenFile file, long position, long length) {
      throw new UnsupportedOperationException("no file is asked for");
    }

    @Override
    public Endpoint peer() {
      return Endpoint.UNKNOWN;
    }

    @Override
    public void endOutput() {}

    @Override
    public void close() {}
  }
}
