package io.tercet.files.ftp.command;

import io.tercet.files.ftp.control.ControlSession;
import io.tercet.files.ftp.data.DataChannel;
import io.tercet.files.ftp.data.Transfer;
import io.tercet.files.problem.ProblemException;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A command with a data connection: whatever can be refused is refused before 150, and only a
/// transfer that was whole is answered with 226.
///
/// Source: RFC 959 §5.4, §6.
record DataCommand(Preparation preparation) implements Command {
  private static final Logger log = LoggerFactory.getLogger(DataCommand.class);

  /// Checks whether it can be done, and prepares it.
  ///
  /// - Errors: [ProblemException] for what is refused.
  interface Preparation {
    Work prepare(FtpIoSession session, @Nullable String argument) throws IOException;
  }

  /// What is done over the data connection.
  interface Work extends AutoCloseable {
    FtpReply transfer(Transfer transfer) throws IOException;

    @Override
    default void close() {}
  }

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    DataChannel channel = ControlSession.of(session).channel();
    FtpReply reply;
    try {
      reply =
          channel.isListening()
              ? prepared(session, channel, request.getArgument())
              : Replies.of(503, "Send EPSV or PASV first.");
    } catch (ProblemException e) {
      reply = Replies.of(e);
    } catch (RuntimeException e) {
      log.error("FTP command failed command={}", request.getCommand(), e);
      reply = Replies.of(451, "Something went wrong here.");
    } catch (IOException _) {
      reply = Replies.of(451, "The file cannot be read.");
    } finally {
      session.resetState();
      channel.closeDataConnection();
    }
    session.write(reply);
  }

  private FtpReply prepared(FtpIoSession session, DataChannel channel, @Nullable String argument)
      throws IOException {
    try (Work work = preparation.prepare(session, argument)) {
      session.write(Replies.of(150, "Open the data connection."));
      return connected(session, channel, work);
    }
  }

  private static FtpReply connected(FtpIoSession session, DataChannel channel, Work work) {
    try (Transfer transfer = channel.open(session.getDataType() == DataType.ASCII)) {
      return transferred(session, transfer, work);
    } catch (IOException _) {
      return channel.isBroken()
          ? Replies.aborted()
          : Replies.of(425, "The data connection did not come about.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Replies.of(421, "The service ends: connect again later.");
    }
  }

  private static FtpReply transferred(FtpIoSession session, Transfer transfer, Work work) {
    try {
      FtpReply reply = work.transfer(transfer);
      session.updateLastAccessTime();
      return reply;
    } catch (ProblemException e) {
      transfer.breakOff();
      return Replies.of(e);
    } catch (IOException _) {
      transfer.breakOff();
      String reason = transfer.abortReason();
      return reason == null ? Replies.aborted() : Replies.of(426, reason);
    }
  }
}
