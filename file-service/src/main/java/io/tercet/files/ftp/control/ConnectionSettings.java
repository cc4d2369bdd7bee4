package io.tercet.files.ftp.control;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// Limits of control connections.
///
/// - `max`, `perAddressMax`, `perPersonMax`: connections at once, of all, of one address (of one
///   /64 with IPv6), and of one person.
/// - `unsignedPerAddressMax`: how many of an address may not have signed in yet.
/// - `signInMax`: how long one may take to sign in.
/// - `loginFailuresMax`: wrong passwords before a connection is closed; the reply to each comes
///   after `loginFailureDelay`.
/// - `idleMax`: how long one may be silent.
/// - `lineMax`: the longest command. `waitingMax`: commands that wait while another is carried out,
///   and replies that the client does not read, each in bytes.
@ConfigurationProperties("tercet.files.ftp.connections")
public record ConnectionSettings(
    int max,
    int perAddressMax,
    int perPersonMax,
    int unsignedPerAddressMax,
    Duration signInMax,
    int loginFailuresMax,
    Duration loginFailureDelay,
    Duration idleMax,
    DataSize lineMax,
    DataSize waitingMax) {

  public ConnectionSettings {
    if (max < 1 || perAddressMax < 1 || perPersonMax < 1 || unsignedPerAddressMax < 1) {
      throw new IllegalArgumentException(
          "max, per-address-max, per-person-max and unsigned-per-address-max must be positive, not "
              + max
              + ", "
              + perAddressMax
              + ", "
              + perPersonMax
              + ", "
              + unsignedPerAddressMax);
    }
    if (loginFailuresMax < 1 || lineMax.toBytes() < 512 || waitingMax.toBytes() < 512) {
      throw new IllegalArgumentException(
          "login-failures-max must be positive, line-max and waiting-max at least 512B, not "
              + loginFailuresMax
              + ", "
              + lineMax
              + " and "
              + waitingMax);
    }
  }
}
