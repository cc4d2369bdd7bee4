package io.tercet.files.ftp.command;

import io.tercet.files.catalog.Item;
import io.tercet.files.ftp.view.CatalogFtpFile;
import java.time.DateTimeException;
import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/// The commands about a path that need no data connection.
final class PathCommands {
  private PathCommands() {}

  static Map<String, Command> all() {
    return Map.of(
        "CWD", ReplyCommand.on(PathCommands::enter),
        "MKD", ReplyCommand.on((_, file, _) -> make(file)),
        "RMD", ReplyCommand.on((_, file, _) -> removeFolder(file)),
        "DELE", ReplyCommand.on((_, file, _) -> removeFile(file)),
        "RNFR", ReplyCommand.on((session, file, _) -> renameFrom(session, file)),
        "RNTO", new ReplyCommand(PathCommands::renameTo),
        "SIZE", ReplyCommand.on((_, file, _) -> size(file)),
        "MDTM", ReplyCommand.on((_, file, _) -> modifiedAt(file)),
        "MFMT", new ReplyCommand(PathCommands::modify),
        "HASH", ReplyCommand.on((_, file, path) -> hash(file, path)));
  }

  private static FtpReply enter(FtpIoSession session, CatalogFtpFile file, String path) {
    boolean entered = ReplyCommand.view(session).changeWorkingDirectory(path);
    return entered ? Replies.of(250, "This is the working folder now.") : missing();
  }

  private static FtpReply make(CatalogFtpFile file) {
    file.mkdir();
    return Replies.of(257, Replies.quoted(file.getAbsolutePath()) + " was made.");
  }

  private static FtpReply removeFolder(CatalogFtpFile file) {
    if (file.isFile()) {
      return Replies.of(550, "This is a file: use DELE.");
    }
    file.delete();
    return Replies.of(250, "The folder was deleted.");
  }

  private static FtpReply removeFile(CatalogFtpFile file) {
    if (file.isDirectory()) {
      return Replies.of(550, "This is a folder: use RMD.");
    }
    file.delete();
    return Replies.of(250, "The file was deleted.");
  }

  private static FtpReply renameFrom(FtpIoSession session, CatalogFtpFile file) {
    if (!file.doesExist()) {
      return missing();
    }
    session.setRenameFrom(file);
    return Replies.of(350, "Send its new name with RNTO.");
  }

  private static FtpReply renameTo(FtpIoSession session, @Nullable String path) {
    if (!(session.getRenameFrom() instanceof CatalogFtpFile from)) {
      return Replies.of(503, "Send RNFR first.");
    }
    session.resetState();
    return ReplyCommand.apply((_, to, _) -> rename(from, to), session, path);
  }

  private static FtpReply rename(CatalogFtpFile from, CatalogFtpFile to) {
    from.move(to);
    return Replies.of(250, "It was renamed.");
  }

  private static FtpReply size(CatalogFtpFile file) {
    return file.isFile() ? Replies.of(213, String.valueOf(file.getSize())) : missing();
  }

  private static FtpReply modifiedAt(CatalogFtpFile file) {
    Item item = file.item();
    return item == null ? missing() : Replies.of(213, Facts.time(item.modifiedAt()));
  }

  // Source: draft-somers-ftp-mfxx §3.
  private static FtpReply modify(FtpIoSession session, @Nullable String argument) {
    session.resetState();
    String[] parts = argument == null ? new String[0] : argument.split(" ", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      return Replies.of(501, "Send MFMT YYYYMMDDHHMMSS path.");
    }
    try {
      long millis = Facts.time(parts[0]).toEpochMilli();
      ReplyCommand.view(session).getFile(parts[1]).setLastModified(millis);
      return Replies.of(213, "Modify=" + parts[0] + "; " + parts[1]);
    } catch (DateTimeException _) {
      return Replies.of(501, "A time is YYYYMMDDHHMMSS in UTC.");
    }
  }

  // The range counts from 0 to the last byte. Source: draft-bryan-ftpext-hash.
  private static FtpReply hash(CatalogFtpFile file, String path) {
    if (!(file.item() instanceof Item.File stored)) {
      return missing();
    }
    long last = Math.max(0, stored.content().size() - 1);
    return Replies.of(213, "SHA-256 0-" + last + " " + stored.content().sha256() + " " + path);
  }

  private static FtpReply missing() {
    return Replies.of(550, "There is nothing here of this kind: check the path.");
  }
}
