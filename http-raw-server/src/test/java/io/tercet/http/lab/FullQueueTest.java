package io.tercet.http.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.posix.socket.PosixDialer;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.proc.TcpStates.State;
import io.tercet.http.readiness.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real server whose queue really overflows.
@Timeout(60)
class FullQueueTest {
  @TempDir Path folder;

  @Test
  void holdsAsManyAsItWasToldAndTheKernelCountsTheOthers() throws Exception {
    Path site = Files.createDirectory(folder.resolve("site"));
    FullQueue full =
        FullQueue.measured(
            ServerCommand.JAVA,
            site,
            new PosixDialer(),
            () -> new PosixNetwork().poller(Network.Kind.EPOLL));
    int room = full.listeners() * (full.backlog() + 1);
    assertThat(full.clients()).isGreaterThan(room + room / 2);
    assertThat(full.queue().overflows()).isPositive();
    assertThat(full.queue().drops()).isPositive();
    // One is accepted; the kernel may let a few more in while two cores look at one queue.
    assertThat(full.states().atServer(State.ESTABLISHED)).isBetween(1, room + room / 2);
  }
}
