package io.tercet.files.ftp.view;

import io.tercet.files.catalog.Cursor;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Tree;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/// A path of an FTP client: a file, a folder, or nothing yet.
///
/// It reads the catalogue once, when a command first needs it.
///
/// - Threading: confined to its session.
/// - Errors: those of [io.tercet.files.folder.Folders]; `file-not-found` where nothing can be.
public final class CatalogFtpFile implements FtpFile {
  private static final int PAGE = 1000;

  private final CatalogFileSystemView view;
  private final List<String> names;
  private final FtpLocation location;
  private @Nullable Item item;
  private boolean loaded;

  CatalogFtpFile(CatalogFileSystemView view, List<String> names, FtpLocation location) {
    this.view = view;
    this.names = names;
    this.location = location;
  }

  private CatalogFtpFile(
      CatalogFileSystemView view, List<String> names, FtpLocation location, Item item) {
    this(view, names, location);
    this.item = item;
    this.loaded = true;
  }

  List<String> names() {
    return names;
  }

  public FtpLocation location() {
    return location;
  }

  /// The item in the catalogue; null if there is none, or if the path is not below a space.
  public @Nullable Item item() {
    if (!loaded && location instanceof FtpLocation.InSpace inside && !inside.path().isTop()) {
      item = view.operations().folders().find(person(), inside.space(), inside.path()).orElse(null);
    }
    loaded = true;
    return item;
  }

  private Person person() {
    return view.person();
  }

  @Override
  public String getAbsolutePath() {
    return "/" + String.join("/", names);
  }

  @Override
  public String getName() {
    return names.isEmpty() ? "/" : names.getLast();
  }

  @Override
  public boolean isDirectory() {
    return switch (location) {
      case FtpLocation.Root _, FtpLocation.Rooms _ -> true;
      case FtpLocation.InSpace inside -> inside.path().isTop() || item() instanceof Item.Folder;
      case FtpLocation.Unknown _ -> false;
    };
  }

  @Override
  public boolean isFile() {
    return item() instanceof Item.File;
  }

  @Override
  public boolean doesExist() {
    return isDirectory() || isFile();
  }

  @Override
  public boolean isHidden() {
    return false;
  }

  @Override
  public boolean isReadable() {
    return doesExist();
  }

  @Override
  public boolean isWritable() {
    return location instanceof FtpLocation.InSpace;
  }

  @Override
  public boolean isRemovable() {
    return location instanceof FtpLocation.InSpace inside && !inside.path().isTop();
  }

  @Override
  public String getOwnerName() {
    return "tercet";
  }

  @Override
  public String getGroupName() {
    return "tercet";
  }

  @Override
  public int getLinkCount() {
    return 1;
  }

  /// For `LIST`, whose format has no time before 1970.
  @Override
  public long getLastModified() {
    Item known = item();
    return known == null ? 0 : Math.max(0, known.modifiedAt().toEpochMilli());
  }

  @Override
  public boolean setLastModified(long time) {
    FtpLocation.InSpace at = removable();
    Instant instant = Instant.ofEpochMilli(time);
    item = view.operations().folders().touch(person(), at.space(), at.path(), instant);
    return true;
  }

  @Override
  public long getSize() {
    return item() instanceof Item.File file ? file.content().size() : 0;
  }

  /// FtpServer wants an object here; no file of this name is on a disk.
  @Override
  public Object getPhysicalFile() {
    return this;
  }

  @Override
  public boolean mkdir() {
    FtpLocation.InSpace at = removable();
    if (doesExist()) {
      throw new ProblemException(ProblemType.PATH_TAKEN, "Choose another name.");
    }
    view.operations().folders().make(person(), at.space(), at.path(), Preconditions.NONE);
    return true;
  }

  /// Deletes a file or an empty folder; an FTP client deletes the files of a folder itself.
  @Override
  public boolean delete() {
    FtpLocation.InSpace at = removable();
    if (isDirectory()) {
      view.operations().folders().deleteEmpty(person(), at.space(), at.path());
    } else {
      view.operations().folders().delete(person(), at.space(), at.path(), Preconditions.NONE);
    }
    return true;
  }

  @Override
  public boolean move(FtpFile destination) {
    if (!(destination instanceof CatalogFtpFile to)) {
      return false;
    }
    view.operations()
        .folders()
        .move(person(), removable().asLocation(), to.removable().asLocation(), true);
    return true;
  }

  /// Where it lies in a space, below the top.
  private FtpLocation.InSpace removable() {
    if (location instanceof FtpLocation.InSpace inside && !inside.path().isTop()) {
      return inside;
    }
    throw new ProblemException(
        ProblemType.INVALID_PATH, "Name something below /home or /rooms/<room>.");
  }

  /// Not offered: a folder may have more items than fit in memory. See [#forEachChild].
  @Override
  public List<CatalogFtpFile> listFiles() {
    throw new UnsupportedOperationException("a folder is read page by page");
  }

  /// What is done with each item of a folder.
  public interface ChildAction {
    void accept(CatalogFtpFile child) throws IOException;
  }

  /// Hands over all items of a folder in order. It holds one page of them at a time. An item that
  /// is there all the while comes once.
  ///
  /// - Errors: `file-not-found`, `room-not-found` if the folder, or the right to read it, ends
  ///   meanwhile.
  public void forEachChild(ChildAction action) throws IOException {
    if (!(location instanceof FtpLocation.InSpace inside)) {
      for (CatalogFtpFile child : view.filesAbove(location)) {
        action.accept(child);
      }
      return;
    }
    Cursor after = null;
    do {
      Tree.Page page =
          view.operations().folders().list(person(), inside.space(), inside.path(), after, PAGE);
      for (Item found : page.items()) {
        action.accept(child(inside, found));
      }
      after = page.next();
    } while (after != null);
  }

  private CatalogFtpFile child(FtpLocation.InSpace inside, Item found) {
    List<String> longer = new ArrayList<>(names);
    longer.add(found.path().name());
    FtpLocation at = new FtpLocation.InSpace(inside.space(), found.path());
    return new CatalogFtpFile(view, List.copyOf(longer), at, found);
  }

  /// Not offered: only [io.tercet.files.upload.Uploads] knows whether an upload is whole.
  @Override
  public OutputStream createOutputStream(long offset) throws IOException {
    throw new IOException("use STOR");
  }

  @Override
  public InputStream createInputStream(long offset) throws IOException {
    if (item() instanceof Item.File file && location instanceof FtpLocation.InSpace inside) {
      return view.operations().downloads().open(person(), inside.space(), file.content()).stream(
          offset);
    }
    throw new IOException("no such file");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CatalogFtpFile file && names.equals(file.names);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(names);
  }
}
