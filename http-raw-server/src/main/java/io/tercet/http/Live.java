package io.tercet.http;

import io.tercet.http.concurrency.Server;
import io.tercet.http.lab.LiveServer;
import io.tercet.http.metrics.Figures;
import java.util.List;

/// What the live page shows of this program.
record Live(Server server, Figures figures) implements LiveServer {
  @Override
  public int port() {
    return server.address().getPort();
  }

  @Override
  public String model() {
    return server.model().name();
  }

  @Override
  public List<String> models() {
    return List.of(server.model().name());
  }

  @Override
  public long requests() {
    return figures.requestCount();
  }

  @Override
  public long connections() {
    return figures.connectionCount();
  }
}
