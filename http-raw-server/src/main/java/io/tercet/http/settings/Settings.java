package io.tercet.http.settings;

import io.tercet.http.handle.FileRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Everything that can be set.
///
/// @param root the folder that is served
/// @param rootMustExist whether it was named on the command line, so that its absence is a mistake
/// @param listen address that all ports bind
/// @param port of the server; 0 lets the system choose
/// @param managementPort of health and metrics; empty for none
/// @param files how the files of the root are served
/// @param sites published sites; empty for a plain server of files
/// @param drain how long a stop waits for what has begun
public record Settings(
    Path root,
    boolean rootMustExist,
    String listen,
    int port,
    Optional<Integer> managementPort,
    Model model,
    FileRules files,
    Optional<Sites> sites,
    Bounds bounds,
    Duration drain) {

  /// The concurrency models, by their names on the command line.
  public enum Model {
    EPOLL("epoll"),
    VIRTUAL_THREADS("virtual-threads");

    private final String word;

    Model(String word) {
      this.word = word;
    }

    /// The name on the command line.
    public String word() {
      return word;
    }
  }

  /// Where published sites come from and where they are kept.
  ///
  /// @param domain sites are `<site>.<domain>`
  /// @param filesUrl file-service
  /// @param secretFile what services prove themselves with
  /// @param store folder that holds copies of what is published
  public record Sites(String domain, URI filesUrl, Path secretFile, Path store) {}
}
