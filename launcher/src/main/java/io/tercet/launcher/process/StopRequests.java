package io.tercet.launcher.process;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/// Requests to stop: signals, and the end of the process that the launcher follows.
///
/// Any thread may request; the main thread waits.
public final class StopRequests {

  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  private final BlockingQueue<Integer> exitCodes = new LinkedBlockingQueue<>();
  private final BooleanSupplier followedIsGone;

  /// @param followedIsGone whether the process that the launcher is to end with has ended
  public StopRequests(BooleanSupplier followedIsGone) {
    this.followedIsGone = followedIsGone;
  }

  /// Asked by SIGINT, SIGTERM and SIGHUP. The JVM's own handlers would not hear a second one.
  public static StopRequests ofSignals(BooleanSupplier followedIsGone) {
    StopRequests requests = new StopRequests(followedIsGone);
    Signal.handle(new Signal("INT"), _ -> requests.request(INTERRUPTED));
    Signal.handle(new Signal("TERM"), _ -> requests.request(TERMINATED));
    Signal.handle(new Signal("HUP"), _ -> requests.request(TERMINATED));
    return requests;
  }

  /// Asks to stop.
  ///
  /// @param exitCode of a launcher that has nothing to stop yet
  public void request(int exitCode) {
    exitCodes.add(exitCode);
  }

  /// Waits.
  ///
  /// @throws StopRequestedException as soon as somebody asks to stop
  public void pause(Duration time) throws StopRequestedException {
    Integer exitCode = next(time);
    if (exitCode != null) {
      throw new StopRequestedException(exitCode);
    }
    if (followedIsGone.getAsBoolean()) {
      throw new StopRequestedException(TERMINATED);
    }
  }

  /// Waits while the launcher stops already.
  ///
  /// @return whether somebody asked again
  public boolean askedWithin(Duration time) {
    return next(time) != null;
  }

  @SuppressWarnings("NullAway") // poll returns null when the time is over
  private Integer next(Duration time) {
    try {
      return exitCodes.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException never) {
      throw new IllegalStateException("nobody interrupts the main thread", never);
    }
  }
}
