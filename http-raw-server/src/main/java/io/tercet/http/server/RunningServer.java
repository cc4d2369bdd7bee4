package io.tercet.http.server;

import io.tercet.http.concurrency.Trait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/// A server that serves, for programs that show its metrics and exchange its model.
///
/// Threading: by any thread.
public interface RunningServer {

  /// Where it listens, with the real port.
  InetSocketAddress address();

  /// The name of the model that takes new connections.
  String model();

  /// What that model does that others do not.
  Set<Trait> traits();

  /// The names of all models that it can be served by.
  List<String> models();

  /// Lets another model take new connections. The model before serves its open connections until
  /// they end.
  ///
  /// @param name one of [#models]
  /// @throws IOException with the reason if that model cannot start now; then nothing has changed
  void exchangeModel(String name) throws IOException;

  /// Requests answered since the start.
  long requests();

  /// Connections open now.
  int connections();
}
