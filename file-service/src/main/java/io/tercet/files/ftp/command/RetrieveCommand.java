package io.tercet.files.ftp.command;

import io.tercet.files.catalog.Item;
import io.tercet.files.ftp.data.Transfer;
import io.tercet.files.ftp.view.CatalogFileSystemView;
import io.tercet.files.ftp.view.CatalogFtpFile;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/// `RETR`: sends a file, from the offset of `REST` on.
///
/// Source: RFC 959 §4.1.3; RFC 3659 §5.
final class RetrieveCommand implements DataCommand.Preparation {

  @Override
  public DataCommand.Work prepare(FtpIoSession session, @Nullable String argument)
      throws IOException {
    if (argument == null) {
      throw new ProblemException(ProblemType.INVALID_PATH, "Name a file.");
    }
    CatalogFileSystemView view = ReplyCommand.view(session);
    CatalogFtpFile target = view.getFile(argument);
    if (!(target.item() instanceof Item.File file)) {
      throw new ProblemException(ProblemType.FILE_NOT_FOUND, "Check the path.");
    }
    long offset = session.getFileOffset();
    if (offset > file.content().size()) {
      throw new ProblemException(
          ProblemType.INVALID_RANGE, "REST names a place behind its end: begin at 0.");
    }
    return new Sending(target.createInputStream(offset));
  }

  private record Sending(InputStream bytes) implements DataCommand.Work {

    @Override
    public FtpReply transfer(Transfer transfer) throws IOException {
      OutputStream out = transfer.file();
      bytes.transferTo(out);
      out.close();
      return Replies.of(226, "This is the whole file.");
    }

    @Override
    public void close() {
      try {
        bytes.close();
      } catch (IOException _) {
        // it was only read
      }
    }
  }
}
