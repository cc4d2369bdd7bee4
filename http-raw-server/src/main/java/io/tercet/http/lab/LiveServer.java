package io.tercet.http.lab;

import java.io.IOException;
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

  /// Lets this model, one of [#models], take new connections; those before keep theirs.
  ///
  /// @throws IOException if it cannot start now, with the reason; then nothing has changed
  void swap(String name) throws IOException;

  /// Requests answered since the start.
  long requests();

  /// Connections open now.
  long connections();
}
