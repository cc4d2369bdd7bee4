package io.tercet.http.settings;

import java.util.List;
import java.util.Map;

/// What a program that is built on http-raw-server adds to its command line. Immutable.
///
/// @param managementOptions options that take a value and open something on the management port, by
///     name, each with the environment variable that stands for it
/// @param handlers values that `--handler` takes beside [Settings#FILES] and [Settings#ECHO]
/// @param help sections of `--help`, as they are printed
public record Additions(Map<String, String> managementOptions, List<String> handlers, String help) {
  /// Nothing is added.
  public static final Additions NONE = new Additions(Map.of(), List.of(), "");

  /// Copies the collections.
  public Additions {
    managementOptions = Map.copyOf(managementOptions);
    handlers = List.copyOf(handlers);
  }
}
