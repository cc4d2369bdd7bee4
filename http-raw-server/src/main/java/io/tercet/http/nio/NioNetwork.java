package io.tercet.http.nio;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Waiter;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Listeners and pollers of any system that Java runs on. A selector stands in for every kind of
/// poller.
public final class NioNetwork implements Network {

  /// Listeners that share one socket: not every system spreads connections among several.
  @Override
  public List<Listener> listen(InetSocketAddress address, int count, int backlog)
      throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("no address is known for " + address.getHostString());
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.bind(address, backlog);
      InetSocketAddress actual = (InetSocketAddress) channel.getLocalAddress();
      List<Listener> listeners = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        listeners.add(new NioListener(channel, actual));
      }
      return List.copyOf(listeners);
    } catch (BindException taken) {
      channel.close();
      throw new AddressInUse(address);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public Poller poller(Kind kind) {
    return new NioPoller();
  }

  @Override
  public Waiter waiter() {
    return new NioWaiter();
  }
}
