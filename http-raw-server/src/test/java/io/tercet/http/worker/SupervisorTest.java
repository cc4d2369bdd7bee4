package io.tercet.http.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.connection.Observer;
import io.tercet.http.process.ChildProcess;
import io.tercet.http.readiness.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a supervisor tells its workers, which are no processes here.
@Timeout(60)
class SupervisorTest {
  private final List<Staged> children = new CopyOnWriteArrayList<>();

  @Test
  void letsAllServeWhenAllCan() throws IOException {
    Processes processes = supervisor(number -> true, true);
    processes.start(listeners(2));
    assertThat(children).hasSize(2).allMatch(child -> child.orders.equals(List.of("serve")));
    assertThat(processes.stop(Duration.ZERO)).isTrue();
    assertThat(children).allMatch(child -> child.orders.equals(List.of("serve", "stop 0")));
  }

  @Test
  void letsNobodyServeUnlessAllCan() {
    Processes processes = supervisor(number -> number == 1, true);
    assertThatThrownBy(() -> processes.start(listeners(2)))
        .isInstanceOf(IOException.class)
        .hasMessage("worker 2 does not start; what it said is in the log above");
    assertThat(children.getFirst().orders).containsExactly("stop 0");
    assertThat(processes.isOver()).isTrue();
  }

  @Test
  void stopsToStartWhenItIsInterrupted() {
    Processes processes = supervisor(number -> true, true);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> processes.start(listeners(1)))
        .hasMessage("interrupted while worker 1 started");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(children.getFirst().orders).containsExactly("stop 0");
    assertThat(processes.isOver()).isTrue();
  }

  @Test
  void killsWhoDoesNotEndWhenItsTimeIsOver() throws IOException {
    Processes processes = supervisor(number -> true, false);
    processes.start(listeners(1));
    assertThat(processes.stop(Duration.ZERO)).isFalse();
    assertThat(children.getFirst().killed).isTrue();
    assertThat(processes.isOver()).isTrue();
  }

  /// @param starts whether the worker of a number gets ready, or ends at once
  /// @param ends whether workers end when they are told to
  private Processes supervisor(IntPredicate starts, boolean ends) {
    return new Processes(
        (command, listener) -> {
          Staged child = new Staged(ends);
          children.add(child);
          if (starts.test(Integer.parseInt(command.getFirst()))) {
            child.says(Worker.READY);
          } else {
            child.ends(1);
          }
          return child;
        },
        number -> List.of(Integer.toString(number)),
        Observer.none());
  }

  private static List<Listener> listeners(int count) {
    return Collections.nCopies(count, new NoListener());
  }

  /// A worker without a process.
  private static final class Staged implements ChildProcess {
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final PipedOutputStream says = new PipedOutputStream();
    private final InputStream figures;
    private final boolean ends;
    private volatile int status;
    private volatile boolean killed;

    Staged(boolean ends) throws IOException {
      this.ends = ends;
      figures = new PipedInputStream(says);
    }

    void says(String line) throws IOException {
      says.write((line + "\n").getBytes(US_ASCII));
      says.flush();
    }

    void ends(int with) {
      status = with;
      try {
        says.close();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      ended.countDown();
    }

    @Override
    public long pid() {
      return 0;
    }

    @Override
    public void order(String line) {
      orders.add(line);
      if (ends && line.startsWith("stop")) {
        ends(0);
      }
    }

    @Override
    public InputStream figures() {
      return figures;
    }

    @Override
    public int awaitEnd() {
      try {
        ended.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
      return status;
    }

    @Override
    public void kill() {
      killed = true;
      ends(137);
    }
  }
}
