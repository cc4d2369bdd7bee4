package io.tercet.http.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.client.TrustedProxies;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.OpenFile;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who is let in where more connections are queued than there is room for.
class AdmissionControlTest {
  private static final int CONNECTIONS_MAX = 3;

  private final ServerContext protocol =
      ContractHandler.protocol(Path.of("."), ConnectionLimits.DEFAULT, Observer.none());
  private final Workspace workspace = new Workspace(protocol.limits());
  private final Capacity capacity = new Capacity(CONNECTIONS_MAX);
  private final AdmissionControl admission = new AdmissionControl(protocol, capacity);
  private final RefusedConnections refusals = new RefusedConnections(admission, workspace);
  private final Crowd crowd = new Crowd();
  private final List<ServerConnection> sessions = new ArrayList<>();

  @Test
  void refusesAFewHundredAtOnceAndLeavesTheRestInTheQueue() {
    acceptAll();
    int most = CONNECTIONS_MAX + Capacity.REFUSALS_MAX;
    assertThat(crowd.accepted).isEqualTo(most);
    assertThat(capacity.open()).isEqualTo(most);
    assertThat(sessions.subList(0, CONNECTIONS_MAX)).noneMatch(ServerConnection::isRefused);
    assertThat(sessions.subList(CONNECTIONS_MAX, most)).allMatch(ServerConnection::isRefused);

    assertThat(admission.acceptQueued(crowd, workspace, sessions::add)).isFalse();
    assertThat(crowd.accepted).isEqualTo(most);
  }

  @Test
  void takesTheNextOfTheQueueWhenOneThatItRefusedHasGone() {
    acceptAll();
    int before = crowd.accepted;
    admission.close(sessions.getLast());
    acceptAll();
    assertThat(crowd.accepted).isEqualTo(before + 1);
    assertThat(sessions.getLast().isRefused()).isTrue();
  }

  @Test
  void servesTheNextWhenAPlaceIsFreeWhoeverIsStillBeingRefused() {
    crowd.left = CONNECTIONS_MAX + 2;
    assertThat(admission.acceptQueued(crowd, workspace, sessions::add)).isTrue();
    assertThat(sessions.getLast().isRefused()).isTrue();
    admission.close(sessions.getFirst());
    crowd.left = 2;
    assertThat(admission.acceptQueued(crowd, workspace, sessions::add)).isTrue();
    assertThat(sessions.get(sessions.size() - 2).isRefused()).isFalse();
    assertThat(sessions.getLast().isRefused()).isTrue();
    sessions.subList(1, sessions.size()).forEach(admission::close);
    assertThat(capacity.open()).isZero();
  }

  @Test
  void keepsNoPlaceForOneOfAClientThatHasEnough() {
    AdmissionControl limited = new AdmissionControl(limited(1), capacity);
    crowd.left = CONNECTIONS_MAX + 1;
    assertThat(limited.acceptQueued(crowd, workspace, sessions::add)).isTrue();
    assertThat(sessions.getFirst().isRefused()).isFalse();
    assertThat(sessions.subList(1, sessions.size())).allMatch(ServerConnection::isRefused);
    crowd.left = CONNECTIONS_MAX;
    assertThat(admission.acceptQueued(crowd, workspace, sessions::add)).isTrue();
    assertThat(sessions.reversed().subList(1, CONNECTIONS_MAX))
        .noneMatch(ServerConnection::isRefused);
    assertThat(sessions.getLast().isRefused()).isTrue();
  }

  @Test
  void closesWhomNobodyCanServeAtOnceWhileAFewHundredLinger() throws Exception {
    crowd.listens = true;
    for (int i = 0; i < Capacity.REFUSALS_MAX; i++) {
      refusals.refuse(admission.acceptOne(crowd, workspace));
    }
    assertThat(capacity.open()).isEqualTo(Capacity.REFUSALS_MAX);
    assertThat(crowd.closed).isZero();
    crowd.heard = "";

    refusals.refuse(admission.acceptOne(crowd, workspace));
    assertThat(crowd.heard).startsWith("HTTP/1.1 503 ");
    assertThat(crowd.closed).isEqualTo(1);
    assertThat(capacity.open()).isEqualTo(Capacity.REFUSALS_MAX);
    refusals.closeAll();
    assertThat(capacity.open()).isZero();
  }

  @Test
  void givesNobodyElseATurnWhenItRefusesOne() throws Exception {
    for (int i = 0; i < 10; i++) {
      refusals.refuse(admission.acceptOne(crowd, workspace));
    }
    int writes = crowd.writes;
    refusals.refuse(admission.acceptOne(crowd, workspace));
    assertThat(crowd.writes).isEqualTo(writes + 1);
    refusals.advance();
    assertThat(crowd.writes).isEqualTo(writes + 12);
  }

  private static ServerContext limited(int connectionsOfOneClient) {
    ServerContext any =
        ContractHandler.protocol(Path.of("."), ConnectionLimits.DEFAULT, Observer.none());
    return new ServerContext(
        any.handler(),
        any.limits(),
        any.deadlines(),
        any.renderer(),
        any.observer(),
        new ConnectionLimiter(TrustedProxies.NONE, connectionsOfOneClient),
        any.memory(),
        null);
  }

  private void acceptAll() {
    boolean more = true;
    while (more) {
      more = admission.acceptQueued(crowd, workspace, sessions::add);
    }
  }

  /// A queue that is not empty before so many have left it, and what becomes of them.
  private static final class Crowd implements Listener {
    private int left = Integer.MAX_VALUE;
    private int accepted;
    private int closed;
    private int writes;
    private String heard = "";

    /// Whether they take what is said to them.
    private boolean listens;

    @Override
    public @Nullable Socket accept() {
      if (left == 0) {
        return null;
      }
      left--;
      accepted++;
      return new Silent(this);
    }

    @Override
    public void refuse() {}

    @Override
    public boolean isRefusing() {
      return false;
    }

    @Override
    public InetSocketAddress address() {
      throw new UnsupportedOperationException("nowhere");
    }

    @Override
    public void close() {}
  }

  /// A client that says nothing.
  private record Silent(Crowd crowd) implements Socket {
    @Override
    public int receive(byte[] into, int offset, int length) {
      return WOULD_BLOCK;
    }

    @Override
    public int write(byte[] bytes, int offset, int length, boolean more) {
      crowd.writes++;
      if (!crowd.listens) {
        return WOULD_BLOCK;
      }
      crowd.heard += new String(bytes, offset, length, ISO_8859_1);
      return length;
    }

    @Override
    public long transfer(OpenFile file, long position, long length) {
      return WOULD_BLOCK;
    }

    @Override
    public Endpoint peer() {
      return Endpoint.UNKNOWN;
    }

    @Override
    public void endOutput() {}

    @Override
    public void close() {
      crowd.closed++;
    }
  }
}
