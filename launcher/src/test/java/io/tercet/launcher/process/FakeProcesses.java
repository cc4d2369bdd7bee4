package io.tercet.launcher.process;

import io.tercet.launcher.console.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Starts nothing: remembers what was to be started, and hands out children that a test ends.
public final class FakeProcesses implements ProcessStarter {

  public final List<ProcessSpec> started = new ArrayList<>();
  public final List<FakeChild> children = new ArrayList<>();
  private final Consumer<FakeChild> whenStarted;

  /// @param whenStarted what a child does as soon as it runs
  public FakeProcesses(Consumer<FakeChild> whenStarted) {
    this.whenStarted = whenStarted;
  }

  /// Children that run until they are asked to end.
  public static FakeProcesses running() {
    return new FakeProcesses(_ -> {});
  }

  /// Children that end at once.
  public static FakeProcesses endingWith(int status) {
    return new FakeProcesses(child -> child.end(status));
  }

  @Override
  public FakeChild start(ProcessSpec spec) throws UserException {
    FakeChild child = new FakeChild(1_000 + started.size());
    started.add(spec);
    children.add(child);
    whenStarted.accept(child);
    return child;
  }

  @Override
  public void close() {
    // There is nothing to release.
  }

  /// A process that is none.
  public static final class FakeChild implements Child {
    private static final int RUNS = -1;

    private final long pid;
    private int status = RUNS;
    private boolean deaf;

    FakeChild(long pid) {
      this.pid = pid;
    }

    /// From now on it does not end when it is asked to.
    public void ignoreTermination() {
      deaf = true;
    }

    public void end(int exitStatus) {
      status = exitStatus;
    }

    @Override
    public long pid() {
      return pid;
    }

    @Override
    public boolean isAlive() {
      return status == RUNS;
    }

    @Override
    public Exit exit() {
      return new Exit(status);
    }

    @Override
    public void terminate() {
      if (!deaf && isAlive()) {
        end(143);
      }
    }

    @Override
    public void kill() {
      if (isAlive()) {
        end(137);
      }
    }
  }
}
