package io.tercet.http.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.Server;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.metrics.ServerMetrics;
import io.tercet.http.readiness.Network;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// One server that listens: its sockets, its model, and what is counted of it.
///
/// Threading: by any thread.
public class ServerInstance implements RunningServer {
  private static final System.Logger LOG = System.getLogger(ServerInstance.class.getName());

  private final Server server;
  private final ModelFactory factory;
  private final ServerMetrics metrics;

  /// Listens and serves.
  ///
  /// @param listeners that share the port; each event loop has one
  /// @throws Network.AddressInUse when another program listens there
  /// @throws IOException with the system's reason when the address cannot be had otherwise
  public ServerInstance(
      InetSocketAddress address,
      int listeners,
      Settings.Model model,
      ServerConfiguration configuration)
      throws IOException {
    Network network = Platform.network();
    metrics = new ServerMetrics(configuration.observer());
    factory =
        new ModelFactory(
            network,
            configuration.observedBy(metrics).context(),
            new Capacity(configuration.bounds().connectionsMax()),
            configuration.bounds().pool());
    server =
        Server.start(
            network, address, listeners, configuration.bounds().backlog(), factory.make(model));
  }

  /// Registers what it counts.
  public void bindMetricsTo(MeterRegistry registry) {
    metrics.bindTo(registry);
  }

  @Override
  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public String model() {
    return server.model().name();
  }

  @Override
  public Set<Trait> traits() {
    return ModelFactory.traits(Settings.Model.of(model()).orElseThrow());
  }

  @Override
  public List<String> models() {
    return Arrays.stream(Settings.Model.values()).map(Settings.Model::word).toList();
  }

  @Override
  public void exchangeModel(String name) throws IOException {
    Settings.Model wanted =
        Settings.Model.of(name).orElseThrow(() -> new IOException("there is no model " + name));
    String before = model();
    server.swap(factory.make(wanted));
    LOG.log(System.Logger.Level.INFO, "exchanged model " + before + " for " + name);
  }

  @Override
  public long requests() {
    return metrics.requestCount();
  }

  @Override
  public int connections() {
    return metrics.connectionCount();
  }

  /// Accepts no more connections, lets open requests finish within the given time, and then closes
  /// every connection. It waits 3 s longer for handlers that have not returned; it cannot end them.
  ///
  /// @return whether everything finished in time
  public boolean stop(Duration drain) {
    return server.stop(drain);
  }
}
