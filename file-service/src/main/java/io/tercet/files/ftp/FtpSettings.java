package io.tercet.files.ftp;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the FTP server listens, and whom it lets in.
///
/// - `address`, `port`: where it listens; port 0 chooses a free one.
/// - `passivePorts`: ports for data connections, such as `2130-2139`.
/// - `passiveAddress`: IPv4 address in the replies to PASV; empty for the one that the client
///   connected to.
/// - `plain`: who may sign in without TLS.
@ConfigurationProperties("tercet.files.ftp")
public record FtpSettings(
    String address, int port, String passivePorts, String passiveAddress, Plain plain) {

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
  }
}
