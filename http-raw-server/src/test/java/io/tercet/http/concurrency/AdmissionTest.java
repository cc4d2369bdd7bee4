package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.connection.Deadlines;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.Protocol;
import io.tercet.http.connection.Workspace;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.OpenFile;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is let in where more connections are queued than there is room for.
class AdmissionTest {
  private static final int CONNECTIONS_MAX = 3;

  private final Protocol protocol =
      ContractHandler.protocol(Path.of("."), Deadlines.DEFAULT, Observer.none());
  private final Workspace workspace = new Workspace(protocol.limits());
  private final Capacity capacity = new Capacity(CONNECTIONS_MAX);
  private final Admission admission = new Admission(protocol, capacity);
  private final Crowd crowd = new Crowd();
  private final List<Session> sessions = new ArrayList<>();

  @Test
  void refusesAFewHundredAtOnceAndLeavesTheRestInTheQueue() {
    acceptAll();
    int most = CONNECTIONS_MAX + Admission.REFUSALS_MAX;
    assertThat(crowd.accepted).isEqualTo(most);
    assertThat(capacity.open()).isEqualTo(most);
    assertThat(sessions.subList(0, CONNECTIONS_MAX)).noneMatch(Session::isRefused);
    assertThat(sessions.subList(CONNECTIONS_MAX, most)).allMatch(Session::isRefused);

    assertThat(admission.accept(crowd, workspace, sessions::add)).isFalse();
    assertThat(crowd.accepted).isEqualTo(most);
  }

  @Test
  void takesTheNextOfTheQueueWhenOneThatItRefusedHasGone() {
    acceptAll();
    int before = crowd.accepted;
    admission.end(sessions.getLast());
    acceptAll();
    assertThat(crowd.accepted).isEqualTo(before + 1);
    assertThat(sessions.getLast().isRefused()).isTrue();
  }

  private void acceptAll() {
    boolean more = true;
    while (more) {
      more = admission.accept(crowd, workspace, sessions::add);
    }
  }

  /// A queue that is never empty.
  private static final class Crowd implements Listener {
    private int accepted;

    @Override
    public Socket accept() {
      accepted++;
      return new Deaf();
    }

    @Override
    public void refuse() {}

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public InetSocketAddress address() {
      throw new UnsupportedOperationException("nowhere");
    }

    @Override
    public void close() {}
  }

  /// A client that neither speaks nor listens.
  private static final class Deaf implements Socket {
    @Override
    public int receive(byte[] into, int offset, int length) {
      return WOULD_BLOCK;
    }

    @Override
    public int write(byte[] bytes, int offset, int length, boolean more) {
      return WOULD_BLOCK;
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
    public void close() {}
  }
}
