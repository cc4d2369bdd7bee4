package io.tercet.http.settings;

import io.tercet.http.file.FileServingOptions;
import io.tercet.http.message.IpAddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Everything that can be set.
///
/// @param root the folder that is served
/// @param rootMustExist whether it was named on the command line, so that its absence is a mistake
/// @param listen address that all ports bind
/// @param port of the server; 0 lets the system choose
/// @param managementPort of health and metrics; empty for none
/// @param handler the name of what answers requests: [#FILES], [#ECHO], or one of
///     [Additions#handlers]
/// @param managementOptions values of [Additions#managementOptions], by the option's name; what was
///     not set is absent
/// @param files how the files of the root are served
/// @param sites published sites; empty for a plain server of files
/// @param accessLog where a line for each answer goes; empty for nowhere
/// @param proxies who may speak for others
/// @param drain how long a stop waits for what has begun
/// @param worker the number of this worker, if this process is one
public record Settings(
    Path root,
    boolean rootMustExist,
    String listen,
    int port,
    Optional<Integer> managementPort,
    Model model,
    String handler,
    Map<String, String> managementOptions,
    FileServingOptions files,
    Optional<Sites> sites,
    Optional<AccessLog> accessLog,
    Proxies proxies,
    Bounds bounds,
    Duration drain,
    OptionalInt worker) {
  /// The handler that answers with files below the root, and with published sites.
  public static final String FILES = "files";

  /// The handler that answers each request with its own body.
  public static final String ECHO = "echo";

  /// Copies the map.
  public Settings {
    managementOptions = Map.copyOf(managementOptions);
  }

  /// The concurrency models, by their names on the command line.
  public enum Model {
    ONE_BY_ONE("one-by-one"),
    PROCESSES("processes"),
    THREADS("threads"),
    POOL("pool"),
    VIRTUAL_THREADS("virtual-threads"),
    SELECT("select"),
    POLL("poll"),
    EPOLL("epoll");

    private final String word;

    Model(String word) {
      this.word = word;
    }

    /// The name on the command line.
    public String word() {
      return word;
    }

    /// The model of this name, if there is one.
    public static Optional<Model> of(String word) {
      return Arrays.stream(values()).filter(model -> model.word.equals(word)).findFirst();
    }

    /// All names, for people.
    public static String words() {
      return Arrays.stream(values()).map(Model::word).collect(Collectors.joining(", "));
    }
  }

  /// Where a line for each answer goes.
  ///
  /// @param file that is appended to; `-` is standard output
  /// @param json whether a line is a JSON object, not the combined format
  public record AccessLog(String file, boolean json) {}

  /// Who may speak for others.
  ///
  /// @param trusted where proxies connect from that are believed about their clients
  /// @param proxyProtocol whether their connections begin with a PROXY header
  public record Proxies(List<IpAddressRange> trusted, boolean proxyProtocol) {}

  /// Where published sites come from and where they are kept.
  ///
  /// @param domain sites are `<site>.<domain>`
  /// @param filesUrl file-service
  /// @param secretFile what services prove themselves with
  /// @param store folder that holds copies of what is published
  /// @param storeBytesMax what these copies may take on disk; past it a version is not served
  public record Sites(
      String domain, URI filesUrl, Path secretFile, Path store, long storeBytesMax) {}
}
