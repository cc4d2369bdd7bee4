package io.tercet.files.ftp;

import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.upload.Upload;
import io.tercet.files.upload.UploadTarget;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.DataConnection;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.IODataConnectionFactory;

/// `STOR` and `APPE`: an upload becomes visible as a whole after its end, or not at all.
///
/// The commands of FtpServer cannot do that: they close the file in the same way after a complete
/// upload and after a broken connection. With an offset (`REST`, or the length of the file for
/// `APPE`) the new version is the beginning of the old one, followed by the bytes of the upload.
///
/// In FTP the end of the data connection is the end of the file. So an upload of a client that was
/// killed looks complete, except that the control connection closes too. The command waits a short
/// time for that.
///
/// Source: RFC 959 §3.4.1, §4.1.3; RFC 3659 §5.
final class StoreCommand implements Command {
  private final FileOperations operations;
  private final boolean append;

  StoreCommand(FileOperations operations, boolean append) {
    this.operations = operations;
    this.append = append;
  }

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
      throws IOException, FtpException {
    try {
      session.write(store(session, request));
    } catch (ProblemException e) {
      session.write(reply(code(e.type()), e.type().title() + "."));
    } finally {
      session.resetState();
      session.getDataConnection().closeDataConnection();
    }
  }

  private FtpReply store(FtpIoSession session, FtpRequest request)
      throws IOException, FtpException {
    if (!(session.getFileSystemView() instanceof CatalogFileSystemView view)
        || request.getArgument() == null) {
      return reply(501, "Name a file.");
    }
    if (session.getDataConnection() instanceof IODataConnectionFactory data
        && data.getInetAddress() == null) {
      return reply(503, "Send PASV or EPSV first.");
    }
    CatalogFtpFile file = view.getFile(request.getArgument());
    if (file == null
        || !file.isWritable()
        || !(file.location() instanceof FtpLocation.InSpace inside)) {
      return reply(553, "A file cannot be stored under this name.");
    }
    long offset = append ? file.getSize() : session.getFileOffset();
    if (offset > file.getSize()) {
      return reply(554, "REST lies behind the end of the file: begin at 0.");
    }
    UploadTarget target = new UploadTarget(inside.space(), inside.path(), Preconditions.NONE);
    try (Upload upload = operations.uploads().open(view.person(), target, 0)) {
      if (offset > 0 && file.item() instanceof Item.File stored) {
        operations.downloads().copy(stored.content(), 0, offset, new UploadStream(upload));
      }
      return receive(session, view, target, upload);
    }
  }

  private FtpReply receive(
      FtpIoSession session, CatalogFileSystemView view, UploadTarget target, Upload upload) {
    session.write(reply(150, "Send the file.")).awaitUninterruptibly(10_000);
    DataConnection data;
    try {
      data = session.getDataConnection().openConnection();
    } catch (Exception e) { // the interface declares no narrower type
      return reply(425, "The data connection could not be opened.");
    }
    try {
      data.transferFromClient(session.getFtpletSession(), new UploadStream(upload));
    } catch (IOException e) {
      return reply(426, "The upload broke off; nothing was stored.");
    }
    if (session
        .getCloseFuture()
        .awaitUninterruptibly(operations.settings().hangUpWait().toMillis())) {
      return reply(426, "The client hung up; nothing was stored.");
    }
    operations.uploads().commit(upload, view.person(), target, _ -> true);
    return reply(226, "Stored.");
  }

  private static int code(ProblemType type) {
    return switch (type) {
      case STORAGE_FULL -> 452;
      case TOO_LARGE -> 552;
      case INVALID_PATH -> 553;
      case SERVICE_UNAVAILABLE -> 450;
      default -> type.status() >= 500 ? 451 : 550;
    };
  }

  private static FtpReply reply(int code, String text) {
    return new DefaultFtpReply(code, text);
  }

  private static final class UploadStream extends OutputStream {
    private final Upload upload;

    UploadStream(Upload upload) {
      this.upload = upload;
    }

    @Override
    public void write(int b) {
      upload.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      upload.write(bytes, offset, length);
    }
  }
}
