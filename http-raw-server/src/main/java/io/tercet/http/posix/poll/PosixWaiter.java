package io.tercet.http.posix.poll;

import io.tercet.http.posix.Descriptor;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import io.tercet.http.readiness.Waiter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Waits with poll(2) on a list of one or a few.
///
/// A blocking read would wait as well, but no other thread could end it. So the socket stays
/// non-blocking, and its thread polls it together with a descriptor that [#release()] makes
/// readable for good.
public final class PosixWaiter implements Waiter {
  private final EventFd released = new EventFd();

  @Override
  public int await(Socket socket, int what, int timeoutMillis, boolean releasable) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocate(2 * PollCalls.POLLFD_BYTES, 4);
      PollCalls.set(list, 0, ((Descriptor) socket).fd(), PollCalls.events(what));
      PollCalls.set(list, 1, released.fd(), PollCalls.IN);
      int count = PollCalls.poll(list, releasable ? 2 : 1, timeoutMillis);
      return count <= 0 ? 0 : PollCalls.translated(PollCalls.happened(list, 0));
    }
  }

  @Override
  public void await(List<Listener> listeners, int timeoutMillis) {
    try (Arena arena = Arena.ofConfined()) {
      int count = listeners.size();
      MemorySegment list = arena.allocate((count + 1) * PollCalls.POLLFD_BYTES, 4);
      for (int i = 0; i < count; i++) {
        PollCalls.set(list, i, ((Descriptor) listeners.get(i)).fd(), PollCalls.IN);
      }
      PollCalls.set(list, count, released.fd(), PollCalls.IN);
      PollCalls.poll(list, count + 1, timeoutMillis);
    }
  }

  @Override
  public void release() {
    released.signal();
  }

  @Override
  public void close() {
    released.close();
  }
}
