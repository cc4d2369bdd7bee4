package io.tercet.lab.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.lab.ServerCommand;
import io.tercet.lab.proc.TcpStates.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real server whose queue really overflows.
@Timeout(60)
class AcceptQueueOverflowTest {
  @TempDir Path folder;

  @Test
  void holdsAsManyAsItWasToldAndTheKernelCountsTheOthers() throws Exception {
    Path site = Files.createDirectory(folder.resolve("site"));
    AcceptQueueOverflow overflow = AcceptQueueOverflow.measure(ServerCommand.JAVA, site);
    int room = overflow.listeners() * (overflow.backlog() + 1);
    assertThat(overflow.clients()).isGreaterThan(room + room / 2);
    assertThat(overflow.queue().overflows()).isPositive();
    assertThat(overflow.queue().drops()).isPositive();
    // One is accepted; the kernel may let a few more in while two cores look at one queue.
    assertThat(overflow.states().atServer(State.ESTABLISHED)).isBetween(1, room + room / 2);
  }
}
