package io.tercet.files.ftp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Settings of the FTP server.
///
/// - `address`, `port`: where it listens; port 0 chooses a free one.
/// - `passivePorts`: a range such as `2130-2139` for data connections; one port for each transfer.
/// - `passiveAddress`: IPv4 address in the replies to PASV; empty for the one that the client
///   connected to.
/// - `plain`: who may sign in without TLS.
/// - `connectionsMax`: control connections at once. `loginFailuresMax`: wrong passwords before a
///   connection is closed; the reply to each comes after `loginFailureDelay`.
/// - `idleMax`: how long a control connection may be silent. `dataIdleMax`: how long a passive port
///   waits for its connection.
/// - `hangUpWait`: how long the end of an upload waits for the control connection to close, which
///   means that the client was killed.
/// - `listMax`: how many items a listing has.
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
    /// From everywhere: others on the network can read the passwords.
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
