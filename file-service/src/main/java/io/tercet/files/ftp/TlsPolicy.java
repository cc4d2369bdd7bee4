package io.tercet.files.ftp;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;

/// Requires TLS for passwords and files of clients on other machines, unless the operator allows
/// plain FTP.
///
/// Source: RFC 4217 §9, §14.
final class TlsPolicy extends DefaultFtplet {
  private final FtpSettings.Plain plain;

  TlsPolicy(FtpSettings.Plain plain) {
    this.plain = plain;
  }

  @Override
  public FtpletResult beforeCommand(FtpSession session, FtpRequest request) throws FtpException {
    if (plain == FtpSettings.Plain.ANYONE || isFromHere(session.getClientAddress())) {
      return FtpletResult.DEFAULT;
    }
    return switch (request.getCommand().toUpperCase(Locale.ROOT)) {
      case "USER", "PASS" ->
          session.isSecure()
              ? FtpletResult.DEFAULT
              : refuse(session, 530, "Use explicit TLS (AUTH TLS) to sign in from elsewhere.");
      case "PASV", "EPSV" ->
          session.getDataConnection().isSecure()
              ? FtpletResult.DEFAULT
              : refuse(session, 521, "Protect the data connection first: PBSZ 0, PROT P.");
      default -> FtpletResult.DEFAULT;
    };
  }

  private static boolean isFromHere(InetSocketAddress client) {
    return client.getAddress() != null && client.getAddress().isLoopbackAddress();
  }

  private static FtpletResult refuse(FtpSession session, int code, String text)
      throws FtpException {
    session.write(new DefaultFtpReply(code, text));
    return FtpletResult.SKIP;
  }
}
