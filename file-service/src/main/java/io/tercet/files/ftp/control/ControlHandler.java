package io.tercet.files.ftp.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.DefaultFtpHandler;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.listener.nio.FtpHandlerAdapter;
import org.apache.mina.core.session.IdleStatus;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.RecoverableProtocolDecoderException;

/// Hands each line to FtpServer as it was sent, with the spaces that FtpServer's own handler would
/// cut off.
///
/// Carries out itself what clients ask before they sign in, which FtpServer would refuse: what the
/// server can do, and in which character set.
///
/// Source: RFC 2389 §3.2, §4.
final class ControlHandler extends FtpHandlerAdapter {
  private static final Set<String> BEFORE_SIGN_IN = Set.of("FEAT", "HELP", "NOOP", "OPTS", "SYST");

  private final FtpServerContext context;
  private final Duration idleMax;

  ControlHandler(FtpServerContext context, DefaultFtpHandler handler, Duration idleMax) {
    super(context, handler);
    this.context = context;
    this.idleMax = idleMax;
  }

  @Override
  public void messageReceived(IoSession session, Object message) throws Exception {
    FtpRequest command = new CommandLine(message.toString(), System.currentTimeMillis());
    try {
      carryOut(new FtpIoSession(session, context), command);
    } finally {
      switch (command.getCommand()) {
        case "ABOR" -> ControlSession.of(session).channel().abortIsDone();
        case "AUTH" -> ControlSession.of(session).authIsDone();
        default -> {}
      }
    }
  }

  private void carryOut(FtpIoSession session, FtpRequest command) throws Exception {
    if (session.isLoggedIn() || !BEFORE_SIGN_IN.contains(command.getCommand())) {
      getFtpHandler().messageReceived(session, command);
    } else {
      session.updateLastAccessTime();
      context
          .getCommandFactory()
          .getCommand(command.getCommand())
          .execute(session, context, command);
    }
  }

  /// A transfer is no silence: it may take longer than a control connection may be idle.
  @Override
  public void sessionIdle(IoSession session, IdleStatus status) throws Exception {
    Date last = new FtpIoSession(session, context).getLastAccessTime();
    if (last == null || last.toInstant().plus(idleMax).isBefore(Instant.now())) {
      super.sessionIdle(session, status);
    }
  }

  /// Nothing follows from it; some of what is sent is no reply of FtpServer.
  @Override
  public void messageSent(IoSession session, Object message) {}

  @Override
  public void exceptionCaught(IoSession session, Throwable cause) throws Exception {
    if (cause instanceof RecoverableProtocolDecoderException) {
      session.write(new DefaultFtpReply(500, "This line is too long: use a shorter path."));
    } else {
      super.exceptionCaught(session, cause);
    }
  }
}
