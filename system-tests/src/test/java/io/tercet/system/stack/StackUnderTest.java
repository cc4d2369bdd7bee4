package io.tercet.system.stack;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Which stack this run drives, and its end.
///
/// | environment | the stack |
/// |---|---|
/// | nothing | a new one, started by `bin/tercet run` on free ports with a data folder of its own |
/// | `TERCET_SYSTEM_URL`, `TERCET_SYSTEM_FTP` (`host:port`) | one that runs already |
/// | and `TERCET_SYSTEM_COMPOSE=1` | … as this folder's Compose project, which may be killed |
interface StackUnderTest extends AutoCloseable {

  Stack stack();

  @Override
  void close();

  /// The repository's root.
  static Path root() {
    return Path.of(System.getProperty("tercet.root", ".")).toAbsolutePath().normalize();
  }

  /// Whether tests may kill the services of the stack that [#open] opens.
  static boolean mayKill() {
    return System.getenv("TERCET_SYSTEM_URL") == null || composed();
  }

  /// Opens the stack and returns once it is ready.
  static StackUnderTest open() {
    String url = System.getenv("TERCET_SYSTEM_URL");
    return url == null ? LaunchedStack.start() : new RunningStack(running(url));
  }

  private static Stack running(String url) {
    URI origin = URI.create(url.replaceAll("/+$", ""));
    Optional<Processes> processes =
        composed() ? Optional.of(new ComposeProcesses(origin)) : Optional.empty();
    String ftp = System.getenv().getOrDefault("TERCET_SYSTEM_FTP", origin.getHost() + ":2121");
    Optional<String> pages = Optional.ofNullable(System.getenv("TERCET_SYSTEM_PAGES"));
    return new Stack(origin, address(ftp), pages.map(StackUnderTest::address), processes);
  }

  private static boolean composed() {
    return "1".equals(System.getenv("TERCET_SYSTEM_COMPOSE"));
  }

  private static InetSocketAddress address(String hostAndPort) {
    URI parsed = URI.create("tcp://" + hostAndPort);
    return new InetSocketAddress(parsed.getHost(), parsed.getPort());
  }

  /// A stack that somebody else started and ends.
  record RunningStack(Stack stack) implements StackUnderTest {

    @Override
    public void close() {
      // It was running before us.
    }
  }
}
