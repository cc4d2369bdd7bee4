package io.tercet.system.stack;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/// One running Tercet, seen from outside.
///
/// Shared by all tests of a run: a test makes its own people, rooms and sites, under fresh names.
///
/// @param origin the front door, without a path, for instance `http://localhost:8080`
/// @param ftp where FTP listens
/// @param pages http-raw-server's own port, where it can be reached past the gateway
/// @param processes the services as processes, where this run may kill them
public record Stack(
    URI origin,
    InetSocketAddress ftp,
    Optional<InetSocketAddress> pages,
    Optional<Processes> processes) {

  /// The front door's address of a path with its query, such as `/api/rooms`.
  public URI at(String pathAndQuery) {
    return URI.create(origin + pathAndQuery);
  }

  /// The front door as a socket address, for those who speak without an HTTP client.
  public InetSocketAddress frontDoor() {
    return new InetSocketAddress(origin.getHost(), port());
  }

  /// The port of the front door.
  public int port() {
    if (origin.getPort() > 0) {
      return origin.getPort();
    }
    return origin.getScheme().equals("https") ? 443 : 80;
  }

  /// The processes, for tests that carry the tag `process` and therefore run only where there are.
  public Processes killable() {
    return processes.orElseThrow();
  }
}
