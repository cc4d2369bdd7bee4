package io.tercet.files.ftp.command;

import io.tercet.files.ftp.control.ControlSession;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.impl.AUTH;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/// `AUTH TLS`. FtpServer's own command begins TLS; this one says first if it is refused, so that
/// the client may go on in clear.
///
/// Source: RFC 4217 §4.
final class AuthCommand implements Command {
  private static final Set<String> TLS = Set.of("TLS", "TLS-C");

  private final Command begin = new AUTH();

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
      throws IOException, FtpException {
    String kind = request.hasArgument() ? request.getArgument().strip() : "";
    if (session.isSecure()) {
      refuse(session, 534, "This connection has TLS already.");
    } else if (!TLS.contains(kind.toUpperCase(Locale.ROOT))) {
      refuse(session, 504, "Only AUTH TLS is offered here.");
    } else {
      begin.execute(session, context, request);
    }
  }

  private static void refuse(FtpIoSession session, int code, String text) {
    ControlSession.of(session).authIsDone();
    session.write(Replies.of(code, text));
  }
}
