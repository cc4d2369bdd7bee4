package io.tercet.files.ftp.data;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The ports for data connections, and who waits at them.
///
/// A port is taken only from `PASV` until its client has connected, at most for
/// [TransferSettings#connectMax]. So a few ports serve many transfers, and a transfer that stands
/// still takes none. One person has at most [TransferSettings#waitingPerPersonMax] of them at once.
///
/// - Threading: safe. `lock` guards all fields; no I/O happens under it.
public final class PassivePorts {
  private static final int ANY = 0;

  private final TransferSettings settings;
  private final boolean any;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition released = lock.newCondition();
  private final List<Integer> free;
  private final Map<UUID, Integer> waiting = new HashMap<>();

  public PassivePorts(String numbers, TransferSettings settings) {
    this.settings = settings;
    this.free = new ArrayList<>(PortNumbers.parse(numbers));
    this.any = free.contains(ANY);
    Collections.shuffle(free);
  }

  /// Opens a port for a person whose client is at `peer`. It waits until one is free.
  ///
  /// - Errors: empty if none becomes free in time, or if other programs have them all.
  Optional<PassivePort> open(UUID person, InetAddress local, InetAddress peer)
      throws InterruptedException {
    List<Integer> foreign = new ArrayList<>();
    try {
      for (Integer port = take(person); port != null; port = take(person)) {
        try {
          return Optional.of(listen(port, person, local, peer));
        } catch (IOException _) {
          leave(person);
          if (any) {
            return Optional.empty();
          }
          foreign.add(port); // another program listens there: try the next
        }
      }
      return Optional.empty();
    } finally {
      foreign.forEach(this::putBack);
    }
  }

  private PassivePort listen(int port, UUID person, InetAddress local, InetAddress peer)
      throws IOException {
    Runnable onRelease =
        () -> {
          leave(person);
          putBack(port);
        };
    return PassivePort.listen(port, local, peer, settings.connectMax(), onRelease);
  }

  private @Nullable Integer take(UUID person) throws InterruptedException {
    long nanos = settings.connectMax().toNanos();
    lock.lockInterruptibly();
    try {
      while (free.isEmpty() || of(person) >= settings.waitingPerPersonMax()) {
        if (nanos <= 0) {
          return null;
        }
        nanos = released.awaitNanos(nanos);
      }
      waiting.merge(person, 1, Integer::sum);
      return any ? ANY : free.removeFirst();
    } finally {
      lock.unlock();
    }
  }

  private int of(UUID person) {
    return waiting.getOrDefault(person, 0);
  }

  private void leave(UUID person) {
    lock.lock();
    try {
      waiting.computeIfPresent(person, (_, count) -> count > 1 ? count - 1 : null);
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void putBack(int port) {
    lock.lock();
    try {
      if (!any) {
        free.addLast(port);
      }
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
