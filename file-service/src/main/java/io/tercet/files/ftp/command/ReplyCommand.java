package io.tercet.files.ftp.command;

import io.tercet.files.ftp.view.CatalogFileSystemView;
import io.tercet.files.ftp.view.CatalogFtpFile;
import io.tercet.files.problem.ProblemException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A command that needs no data connection. Its reply says what went wrong.
record ReplyCommand(Answer answer) implements Command {
  private static final Logger log = LoggerFactory.getLogger(ReplyCommand.class);

  /// - Errors: [ProblemException] for what is refused.
  interface Answer {
    FtpReply to(FtpIoSession session, @Nullable String argument);
  }

  /// What is done with a path.
  interface PathAction {
    FtpReply apply(FtpIoSession session, CatalogFtpFile file, String path);
  }

  static Command on(PathAction action) {
    return new ReplyCommand((session, path) -> {
      session.resetState();
      return apply(action, session, path);
    });
  }

  static FtpReply apply(PathAction action, FtpIoSession session, @Nullable String path) {
    return path == null
        ? Replies.of(501, "Name a file or folder.")
        : action.apply(session, view(session).getFile(path), path);
  }

  /// Every session that signed in has one; FtpServer refuses commands of the others.
  static CatalogFileSystemView view(FtpIoSession session) {
    return (CatalogFileSystemView) session.getFileSystemView();
  }

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    FtpReply reply;
    try {
      reply = answer.to(session, request.getArgument());
    } catch (ProblemException e) {
      reply = Replies.of(e);
    } catch (RuntimeException e) {
      log.error("FTP command failed command={}", request.getCommand(), e);
      reply = Replies.of(451, "Something went wrong here.");
    }
    session.write(reply);
  }
}
