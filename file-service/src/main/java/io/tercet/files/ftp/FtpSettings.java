package io.tercet.files.ftp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How the FTP door stands open.
///
/// - `address`, `port`: where it listens; port 0 takes any.
/// - `passivePorts`: a range such as `2130-2139` for data connections; as many transfers at once.
/// - `passiveAddress`: IPv4 address that passive answers name; empty for the one the client
///   reached.
/// - `plain`: who may sign in without TLS.
/// - `connectionsMax`: control connections at once. `loginFailuresMax`: wrong passwords before one
///   is closed, each answered after `loginFailureDelay`.
/// - `idleMax`: how long a control connection may be silent. `dataIdleMax`: how long a passive port
///   waits for its connection.
/// - `hangUpWait`: how long the end of an upload waits for a sign that the client is gone.
/// - `listMax`: how many items a listing shows.
@ConfigurationProperties("tercet.files.ftp")
public record FtpSettings(
    String address,
    int port,
    String passivePorts,
    String passiveAddress,
    Plain plain,
    int connectionsMax,
    int loginFailuresMax,
    Duration loginFailureDelay,
    Duration idleMax,
    Duration dataIdleMax,
    Duration hangUpWait,
    int listMax) {

  /// Who may sign in without TLS.
  public enum Plain {
    /// Only from this machine.
    LOOPBACK,
    /// From everywhere: passwords can be read on the way.
    ANYONE
  }

  public FtpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
    if (connectionsMax < 1 || loginFailuresMax < 1 || listMax < 1) {
      throw new IllegalArgumentException(
          "connections-max, login-failures-max and list-max must be positive, not "
              + connectionsMax
              + ", "
              + loginFailuresMax
              + ", "
              + listMax);
    }
  }
}
