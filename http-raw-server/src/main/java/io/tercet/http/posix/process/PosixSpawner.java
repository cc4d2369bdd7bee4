package io.tercet.http.posix.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.process.ChildProcess;
import io.tercet.http.process.Spawner;
import io.tercet.http.readiness.Listener;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts processes with posix_spawn(3), because a child that `ProcessBuilder` starts inherits no
/// descriptors but its standard streams.
public final class PosixSpawner implements Spawner {
  /// Above all places that a child has descriptors at, so that none overwrites another.
  private static final int ABOVE = 16;

  /// Below it a process opens once more what it has open: proc(5).
  private static final String OPEN = "/proc/self/fd/";

  private static final int[] ENDS_MISSING = {-1, -1};

  @Override
  public ChildProcess spawn(List<String> command, Listener listener) throws IOException {
    int[] orders = ENDS_MISSING.clone();
    int[] figures = ENDS_MISSING.clone();
    int ours = -1;
    @Nullable PrintStream toChild = null;
    @Nullable InputStream fromChild = null;
    try {
      openPipe(orders, 0);
      openPipe(figures, 1);
      toChild = new PrintStream(new FileOutputStream(OPEN + orders[1]), false, US_ASCII);
      fromChild = new FileInputStream(OPEN + figures[0]);
      ours =
          checked(
              ProcessCalls.duplicate(((Descriptor) listener).fd(), ABOVE), "pass on a listener");
      int[] inherited = {orders[0], -1, -1, figures[1], ours};
      int pid =
          checked(
              ProcessCalls.spawn(command, environment(), inherited), "start " + command.getFirst());
      return new SpawnedWorker(pid, toChild, fromChild);
    } catch (IOException failure) {
      if (toChild != null) {
        toChild.close();
      }
      if (fromChild != null) {
        fromChild.close();
      }
      throw failure;
    } finally {
      for (int fd : new int[] {orders[0], orders[1], figures[0], figures[1], ours}) {
        if (fd >= 0) {
          Descriptor.close(fd);
        }
      }
    }
  }

  /// In a worker: where its metrics go.
  public static OutputStream figures() throws IOException {
    return new FileOutputStream(OPEN + FIGURES_FD);
  }

  /// The child's end of the pipe is moved out of the way of the places in the child.
  private static void openPipe(int[] ends, int childs) throws IOException {
    int[] made = new int[2];
    checked(ProcessCalls.pipe(made), "make a pipe");
    ends[1 - childs] = made[1 - childs];
    int moved = ProcessCalls.duplicate(made[childs], ABOVE);
    Descriptor.close(made[childs]);
    ends[childs] = checked(moved, "make a pipe");
  }

  private static int checked(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException("cannot " + what + ": " + Errno.describe(-result));
    }
    return result;
  }

  private static List<String> environment() {
    return System.getenv().entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }

  private record SpawnedWorker(long pid, PrintStream orders, InputStream figures)
      implements ChildProcess {
    /// If the process has ended, the order is lost; the thread that awaits its end learns of it.
    @Override
    public void order(String line) {
      orders.print(line + "\n");
    }

    @Override
    public int awaitEnd() {
      int status = ProcessCalls.awaitEnd((int) pid);
      orders.close();
      return status;
    }

    @Override
    public void kill() {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
