package io.tercet.launcher.data;

import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/// Puts a backup in the place of what a data folder has, whole or not at all.
///
/// The backup is first copied into the folder `restore.new`. One rename to `restore` decides: from
/// then on the parts change places one by one, and whoever takes the folder next goes on with it
/// after a kill. What was there stays in `before-restore`. The first start on the restored data
/// renews the epoch of the log: clients must not take their places in the old log for places in
/// this one.
public class Restore {

  private static final String UNFINISHED = "restore.new";
  private static final String READY = "restore";
  private static final String BEFORE = "before-restore";

  /// The name that chat-service knows as well.
  private static final String RENEW_LOG_EPOCH = "renew-log-epoch";

  /// Copies of published sites: http-raw-server fetches them again.
  private static final String CACHE = "pages";

  private final DataFolder data;
  private final Console console;

  /// @param data the folder that is restored
  public Restore(DataFolder data, Console console) {
    this.data = data;
    this.console = console;
  }

  /// Restores a backup while nothing runs on the folder.
  ///
  /// @param withChat whether the messages are in it, and not in a database elsewhere
  public void from(Path backupPath, boolean withChat, StopRequests stops)
      throws UserException, StopRequestedException {
    Backup backup = new Backup(backupPath);
    backup.check(data, withChat);
    try (DataLock _ = DataLock.take(data, console, stops)) {
      finish();
      if (Files.exists(at(BEFORE))) {
        throw new UserException(
            at(BEFORE) + " is what was there before the last restore: move or delete it first.");
      }
      copy(backup);
      finish();
    } catch (IOException failed) {
      throw data.cannotWrite(failed);
    }
    console.say("Restored %s. What was there before is in %s.".formatted(backupPath, at(BEFORE)));
    if (!withChat) {
      console.say("TERCET_CHAT_DATABASE_URL names another place for messages: restore that, too.");
    }
  }

  /// Ends a restore that was killed. The caller holds the lock of the folder.
  public void finishAfterKill() throws UserException {
    try {
      finish();
    } catch (IOException failed) {
      throw data.cannotWrite(failed);
    }
  }

  private void copy(Backup backup) throws IOException, UserException {
    Path unfinished = at(UNFINISHED);
    delete(unfinished);
    long size = backup.size();
    long free = Files.getFileStore(data.path()).getUsableSpace();
    if (size > free) {
      throw new UserException(
          "the backup has %,d bytes and the disk of %s has %,d left: free some space."
              .formatted(size, data.path(), free));
    }
    Files.createDirectory(unfinished, OwnerOnly.FOLDER);
    backup.copyTo(unfinished);
    Path chat = unfinished.resolve("chat");
    OwnerOnly.makeFolder(chat);
    OwnerOnly.makeFile(chat.resolve(RENEW_LOG_EPOCH));
    try (Stream<Path> folders = Files.walk(unfinished).filter(Files::isDirectory)) {
      for (Path folder : folders.toList()) {
        Backup.flush(folder);
      }
    }
    move(unfinished, at(READY));
  }

  /// Puts each part in its place. A part that is not in `restore` any more has its place already.
  private void finish() throws IOException {
    Path ready = at(READY);
    if (!Files.exists(ready)) {
      return;
    }
    OwnerOnly.makeFolder(at(BEFORE));
    for (String part : Backup.PARTS) {
      if (Files.exists(ready.resolve(part))) {
        putAside(part);
        move(ready.resolve(part), at(part));
      }
    }
    putAside(CACHE);
    Files.delete(ready);
    Backup.flush(data.path());
  }

  private void putAside(String part) throws IOException {
    if (Files.exists(at(part))) {
      move(at(part), at(BEFORE).resolve(part));
    }
  }

  private Path at(String name) {
    return data.path().resolve(name);
  }

  /// Tests kill the launcher before a move.
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Backup.flush(data.path());
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
