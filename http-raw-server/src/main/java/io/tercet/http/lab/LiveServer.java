package io.tercet.http.lab;

import java.util.List;

/// The running server, as the live page shows it.
///
/// Threading: asked by any thread.
public interface LiveServer {

  /// The port that visitors use.
  int port();

  /// The model that takes new connections.
  String model();

  /// The models that can be asked for; fewer than two if it cannot be changed.
  List<String> models();

  /// Requests answered since the start.
  long requests();

  /// Connections open now.
  long connections();
}
