package io.tercet.files.ftp.command;

import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.download.OpenFile;
import io.tercet.files.ftp.control.ControlSession;
import io.tercet.files.ftp.data.DataChannel;
import io.tercet.files.ftp.data.Transfer;
import io.tercet.files.ftp.view.CatalogFileSystemView;
import io.tercet.files.ftp.view.CatalogFtpFile;
import io.tercet.files.ftp.view.FtpLocation;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.upload.Upload;
import io.tercet.files.upload.UploadTarget;
import io.tercet.files.upload.Uploads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.apache.ftpserver.ftplet.DataType;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/// `STOR` and `APPE`: an upload becomes visible as a whole after its end, or not at all.
///
/// In FTP the end of the data connection is the end of the file. So an upload that its client gave
/// up looks whole, but for these signs, and none of them is stored:
///
/// - the client sent `ABOR`, or its control connection is closed;
/// - TLS was cut off without close_notify;
/// - `ALLO` announced more bytes.
///
/// `ABOR` and the end of the control connection may arrive after the end of the data connection, so
/// the command waits for them: longer where a file would be replaced and neither `ALLO` nor
/// close_notify says that it is whole.
///
/// With an offset (`REST`, or the length of the file for `APPE`) the new version is the beginning
/// of the old one, followed by the bytes of the upload. It is refused if the old one was replaced
/// meanwhile.
///
/// Source: RFC 959 §3.4.1, §4.1.3; RFC 3659 §5; RFC 4217 §13.
final class StoreCommand implements DataCommand.Preparation {
  private static final String ONCE_MORE = "Nothing was stored: send it again.";

  private final boolean append;

  StoreCommand(boolean append) {
    this.append = append;
  }

  @Override
  public DataCommand.Work prepare(FtpIoSession session, @Nullable String argument)
      throws IOException {
    if (argument == null) {
      throw new ProblemException(ProblemType.INVALID_PATH, "Name a file.");
    }
    CatalogFileSystemView view = ReplyCommand.view(session);
    CatalogFtpFile file = view.getFile(argument);
    if (!(file.location() instanceof FtpLocation.InSpace inside)) {
      throw new ProblemException(
          ProblemType.INVALID_PATH, "Store it below /home or /rooms/<room>.");
    }
    long offset = append ? file.getSize() : session.getFileOffset();
    if (offset > file.getSize()) {
      throw new ProblemException(
          ProblemType.INVALID_RANGE, "REST names a place behind its end: begin at 0.");
    }
    UploadTarget target =
        new UploadTarget(inside.space(), inside.path(), unchanged(file.item(), offset));
    long announced = SessionCommands.takeAnnounced(session);
    if (session.getDataType() == DataType.ASCII) {
      announced = -1; // its lines end with other bytes than those of the file
    }
    Uploads uploads = view.operations().uploads();
    InetAddress client = ((InetSocketAddress) session.getRemoteAddress()).getAddress();
    Upload upload = uploads.open(view.person(), client, target, Math.max(0, announced));
    Receiving receiving =
        new Receiving(
            view, ControlSession.of(session).channel(), target, upload, offset, announced);
    receiving.copyBeginning(file.item());
    return receiving;
  }

  private Preconditions unchanged(@Nullable Item old, long offset) {
    if (offset > 0 && old instanceof Item.File file) {
      return new Preconditions(List.of(file.etag()), List.of());
    }
    return append && old == null ? new Preconditions(List.of(), List.of("*")) : Preconditions.NONE;
  }

  private record Receiving(
      CatalogFileSystemView view,
      DataChannel channel,
      UploadTarget target,
      Upload upload,
      long offset,
      long announced)
      implements DataCommand.Work {

    void copyBeginning(@Nullable Item old) throws IOException {
      if (offset > 0 && old instanceof Item.File file) {
        boolean copied = false;
        try (OpenFile bytes =
            view.operations().downloads().open(view.person(), target.space(), file.content())) {
          bytes.copy(0, offset, stream());
          copied = true;
        } finally {
          if (!copied) {
            close();
          }
        }
      }
    }

    private OutputStream stream() {
      return new OutputStream() {
        @Override
        public void write(int b) {
          upload.write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
          upload.write(bytes, from, length);
        }
      };
    }

    @Override
    public FtpReply transfer(Transfer transfer) throws IOException {
      transfer.receive(upload::write);
      if (transfer.wasCutOff()) {
        throw incomplete("TLS ended without close_notify. ");
      }
      if (upload.size() < announced) {
        throw incomplete("ALLO announced " + announced + " bytes. ");
      }
      view.operations().uploads().commit(upload, view.person(), target, _ -> checkClient(transfer));
      return Replies.of(226, "It is stored.");
    }

    /// Called after the bytes are flushed, and just before the file appears.
    private boolean checkClient(Transfer transfer) {
      boolean saidItsEnd = transfer.saidItsEnd() || isAnnouncedSize();
      Duration wait =
          saidItsEnd || !isThere()
              ? channel.settings().hangUpWait()
              : channel.settings().replaceWait();
      if (channel.breaksWithin(wait)) {
        throw incomplete("The client gave it up. ");
      }
      return true;
    }

    // With REST, some clients announce the rest and others the whole file.
    private boolean isAnnouncedSize() {
      return upload.size() == announced || upload.size() - offset == announced;
    }

    private boolean isThere() {
      return view.operations()
          .folders()
          .find(view.person(), target.space(), target.path())
          .isPresent();
    }

    private static ProblemException incomplete(String why) {
      return new ProblemException(ProblemType.UPLOAD_INCOMPLETE, why + ONCE_MORE);
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
