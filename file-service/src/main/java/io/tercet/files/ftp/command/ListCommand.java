package io.tercet.files.ftp.command;

import io.tercet.files.ftp.data.Transfer;
import io.tercet.files.ftp.view.CatalogFtpFile;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ftpserver.command.impl.listing.LISTFileFormater;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/// `LIST`, `NLST` and `MLSD`: sends a folder while it is read, however many items it has.
///
/// An argument is one name or path as it stands: nothing in it is a pattern. Clients put the
/// options of `ls` before it, so `-a`, `-l` and their like are options; `./-l` is a name.
///
/// Source: RFC 959 §4.1.3, RFC 3659 §7.
final class ListCommand implements DataCommand.Preparation {
  private static final Pattern OPTIONS = Pattern.compile("-([1AaFl]+)(?: +(.*)|)");

  private static final String LINE_END = "\r\n";

  /// How an item is written: as one line, here without its end.
  enum Format {
    /// As `ls -l` does.
    LONG {
      @Override
      String line(FtpIoSession session, CatalogFtpFile file) {
        String line = new LISTFileFormater().format(file);
        return line.substring(0, line.length() - LINE_END.length());
      }
    },
    /// The name alone.
    NAME {
      @Override
      String line(FtpIoSession session, CatalogFtpFile file) {
        return file.getName();
      }
    },
    /// The facts that the client wants.
    FACTS {
      @Override
      String line(FtpIoSession session, CatalogFtpFile file) {
        return Facts.line(SessionCommands.facts(session), file, file.getName());
      }
    };

    abstract String line(FtpIoSession session, CatalogFtpFile file);
  }

  private final Format format;

  ListCommand(Format format) {
    this.format = format;
  }

  @Override
  public DataCommand.Work prepare(FtpIoSession session, @Nullable String argument) {
    String path = argument == null ? "" : argument;
    Format chosen = format;
    Matcher options = OPTIONS.matcher(path);
    if (format != Format.FACTS && options.matches()) {
      path = options.group(2) == null ? "" : options.group(2);
      chosen = options.group(1).contains("l") ? Format.LONG : format;
    }
    CatalogFtpFile file = ReplyCommand.view(session).getFile(path);
    if (!file.doesExist()) {
      throw new ProblemException(ProblemType.FILE_NOT_FOUND, "Check the path.");
    }
    if (format == Format.FACTS && !file.isDirectory()) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "This is a file: use MLST.");
    }
    Format line = chosen;
    return transfer -> send(session, transfer, file, line);
  }

  private static FtpReply send(
      FtpIoSession session, Transfer transfer, CatalogFtpFile file, Format format)
      throws IOException {
    OutputStream lines = transfer.text();
    if (file.isDirectory()) {
      file.forEachChild(child -> write(lines, format.line(session, child)));
    } else {
      write(lines, format.line(session, file));
    }
    lines.close();
    return Replies.of(226, "This is the whole list.");
  }

  private static void write(OutputStream lines, String line) throws IOException {
    lines.write((line + LINE_END).getBytes(StandardCharsets.UTF_8));
  }
}
