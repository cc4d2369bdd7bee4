package io.tercet.files.ftp.command;

import io.tercet.files.ftp.control.ControlSession;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/// `EPSV` and `PASV`: opens a port for the next transfer.
///
/// Source: RFC 959 §4.1.2, RFC 2428 §3.
final class PassiveCommand {
  private PassiveCommand() {}

  static Command extended() {
    return new ReplyCommand((session, protocol) -> {
      String ours = local(session) instanceof Inet4Address ? "1" : "2";
      if (protocol != null && !protocol.equals(ours)) {
        return Replies.of(522, "This connection has another network protocol: use (" + ours + ")");
      }
      return listen(session)
          .map(at -> Replies.of(229, "Here is a port (|||" + at.getPort() + "|)"))
          .orElseGet(PassiveCommand::noPort);
    });
  }

  /// `advertised` is the address that clients are told; null for the one that they connected to.
  static Command classic(@Nullable InetAddress advertised) {
    return new ReplyCommand((session, _) -> {
      InetAddress address = advertised == null ? local(session) : advertised;
      if (!(address instanceof Inet4Address)) {
        return Replies.of(425, "PASV cannot name an IPv6 address: use EPSV.");
      }
      return listen(session)
          .map(at -> Replies.of(227, "Here is a port " + encoded(address, at.getPort())))
          .orElseGet(PassiveCommand::noPort);
    });
  }

  private static InetAddress local(FtpIoSession session) {
    return ((InetSocketAddress) session.getLocalAddress()).getAddress();
  }

  private static Optional<InetSocketAddress> listen(FtpIoSession session) {
    try {
      return ControlSession.of(session)
          .channel()
          .listen(ReplyCommand.view(session).person().personId());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static FtpReply noPort() {
    return Replies.of(425, "All ports for data are waiting for clients: try again.");
  }

  private static String encoded(InetAddress address, int port) {
    String host = address.getHostAddress().replace('.', ',');
    return "(" + host + "," + port / 256 + "," + port % 256 + ")";
  }
}
