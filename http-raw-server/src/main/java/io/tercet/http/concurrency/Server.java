package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Owns the listening sockets and runs a model on them. The sockets outlive the model.
public final class Server implements AutoCloseable {
  private final List<Listener> listeners;
  private final ConcurrencyModel model;

  private Server(List<Listener> listeners, ConcurrencyModel model) {
    this.listeners = listeners;
    this.model = model;
  }

  /// Listens and serves.
  ///
  /// @param loops number of listeners, among which the system spreads connections
  /// @param backlog connections that wait to be accepted, per listener
  public static Server start(
      Network network, InetSocketAddress address, int loops, int backlog, ConcurrencyModel model)
      throws IOException {
    Server server = new Server(network.listen(address, loops, backlog), model);
    model.start(server.listeners);
    return server;
  }

  /// Where it listens, with the real port.
  public InetSocketAddress address() {
    return listeners.getFirst().address();
  }

  /// Which model serves.
  public String model() {
    return model.name();
  }

  /// Stops to accept, lets what has begun finish for so long, closes everything.
  ///
  /// @return whether everything finished in time
  public boolean stop(Duration drain) {
    boolean all = model.stop(drain);
    listeners.forEach(Listener::close);
    return all;
  }

  /// Stops without letting anything finish.
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
