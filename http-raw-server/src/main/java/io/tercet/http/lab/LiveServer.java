package io.tercet.http.lab;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

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

  /// How many answers left within so many microseconds of the first byte of their request, since
  /// the start; each is counted once. Empty if the model serves from other processes, which do not
  /// tell.
  Optional<SortedMap<Long, Long>> answerTimes();
}
