package io.tercet.http.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.concurrency.thread.VirtualThreads;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import io.tercet.http.readiness.Waiter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Listeners that are left alone for a moment because the system has no descriptor.
@Timeout(60)
class PausedListenersTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final ServerContext protocol =
      ContractHandler.protocol(
          Path.of("."),
          new ConnectionLimits(
              SHORT,
              SHORT,
              SHORT,
              SHORT,
              SHORT,
              ConnectionLimits.DEFAULT.bodyRateMin(),
              ConnectionLimits.DEFAULT.bodyGrace(),
              100),
          Observer.none());
  private final Scarcity system = new Scarcity();

  @Test
  void areWatchedAgainByAnEventLoopEvenIfThatFailsOnce() throws Exception {
    watchesAgain(new EventLoops(Network.Kind.EPOLL, protocol, system, new Capacity(10)));
  }

  @Test
  void areWatchedAgainForVirtualThreadsEvenIfThatFailsOnce() throws Exception {
    watchesAgain(new VirtualThreads(protocol, system, new Capacity(10)));
  }

  private void watchesAgain(ConcurrencyModel model) throws Exception {
    model.start(List.of(system));
    system.watchedAgain.await();
    assertThat(model.isOver()).isFalse();
    assertThat(model.stop(Duration.ZERO)).isTrue();
  }

  /// A listener with a connection for which there is no descriptor, and all that waits for it.
  /// There is no room to watch it when it is to be watched for the second time.
  private static final class Scarcity implements Network, Listener, Poller {
    private final CountDownLatch watchedAgain = new CountDownLatch(2);
    private final Semaphore woken = new Semaphore(0);
    private boolean watched;
    private boolean refused;

    @Override
    public Socket accept() throws DescriptorsExhausted {
      throw new DescriptorsExhausted();
    }

    @Override
    public void watch(Listener listener, Object key) {
      if (watchedAgain.getCount() == 1 && !refused) {
        refused = true;
        throw new IllegalStateException("no room for more");
      }
      watched = true;
      watchedAgain.countDown();
    }

    @Override
    public void forget(Listener listener) {
      watched = false;
    }

    @Override
    public void await(int timeoutMillis, Poller.Ready ready) {
      try {
        boolean wake = woken.tryAcquire(watched ? 0 : timeoutMillis, TimeUnit.MILLISECONDS);
        if (watched && !wake) {
          ready.ready(this, READABLE);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void wake() {
      woken.release();
    }

    @Override
    public boolean watch(Socket socket, Object key) {
      throw new UnsupportedOperationException("nobody is accepted");
    }

    @Override
    public void forget(Socket socket) {
      throw new UnsupportedOperationException("nobody is accepted");
    }

    @Override
    public Poller poller(Kind kind) {
      return this;
    }

    @Override
    public Waiter waiter() {
      throw new UnsupportedOperationException("nobody waits so");
    }

    @Override
    public List<Listener> listen(InetSocketAddress address, int count, int backlog) {
      throw new UnsupportedOperationException("it listens already");
    }

    @Override
    public InetSocketAddress address() {
      throw new UnsupportedOperationException("nowhere");
    }

    @Override
    public boolean isRefusing() {
      return false;
    }

    @Override
    public void refuse() {}

    @Override
    public void close() {}
  }
}
