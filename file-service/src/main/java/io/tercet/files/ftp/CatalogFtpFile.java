package io.tercet.files.ftp;

import io.tercet.files.catalog.Cursor;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Tree;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A path of an FTP client as the commands of FtpServer see it: a file, a folder, or nothing yet.
///
/// It reads the catalogue once, when a command first needs it.
///
/// - Threading: confined to its session.
final class CatalogFtpFile implements FtpFile {
  private static final Logger log = LoggerFactory.getLogger(CatalogFtpFile.class);
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

  FtpLocation location() {
    return location;
  }

  /// The item in the catalogue; null if there is none, or if the path is not below a space.
  @Nullable Item item() {
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

  @Override
  public long getLastModified() {
    Item known = item();
    return known == null ? 0 : known.modifiedAt().toEpochMilli();
  }

  @Override
  public boolean setLastModified(long time) {
    return false;
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
    return location instanceof FtpLocation.InSpace inside
        && succeeds(
            "mkdir",
            () -> view.operations().folders().make(person(), inside.space(), inside.path()));
  }

  /// Deletes a file or an empty folder; an FTP client deletes the files of a folder itself.
  @Override
  public boolean delete() {
    if (!(location instanceof FtpLocation.InSpace inside) || (isDirectory() && !isEmpty(inside))) {
      return false;
    }
    return succeeds(
        "delete",
        () ->
            view.operations()
                .folders()
                .delete(person(), inside.space(), inside.path(), Preconditions.NONE));
  }

  private boolean isEmpty(FtpLocation.InSpace inside) {
    return view.operations()
        .folders()
        .list(person(), inside.space(), inside.path(), null, 1)
        .items()
        .isEmpty();
  }

  @Override
  public boolean move(FtpFile destination) {
    if (!(location instanceof FtpLocation.InSpace(var space, var path))
        || !(destination instanceof CatalogFtpFile to)
        || !(to.location instanceof FtpLocation.InSpace(var toSpace, var toPath))) {
      return false;
    }
    Tree.Location from = new Tree.Location(space, path);
    Tree.Location target = new Tree.Location(toSpace, toPath);
    return succeeds("move", () -> view.operations().folders().move(person(), from, target, true));
  }

  private static boolean succeeds(String verb, Runnable work) {
    try {
      work.run();
      return true;
    } catch (ProblemException e) {
      log.info("refused FTP {} reason={}", verb, e.type().slug());
      return false;
    }
  }

  @Override
  public List<CatalogFtpFile> listFiles() {
    if (!(location instanceof FtpLocation.InSpace inside)) {
      return view.filesIn(location);
    }
    List<CatalogFtpFile> files = new ArrayList<>();
    Cursor after = null;
    do {
      Tree.Page page =
          view.operations().folders().list(person(), inside.space(), inside.path(), after, PAGE);
      page.items().forEach(found -> files.add(child(inside, found)));
      after = page.next();
    } while (after != null && files.size() < view.operations().settings().listMax());
    if (after != null) {
      log.warn("truncated FTP listing items={}", files.size());
    }
    return files;
  }

  private CatalogFtpFile child(FtpLocation.InSpace inside, Item found) {
    FtpLocation at = new FtpLocation.InSpace(inside.space(), found.path());
    return new CatalogFtpFile(
        view, CatalogFileSystemView.joined(names, found.path().name()), at, found);
  }

  /// Uploads go through [StoreCommand], which knows whether an upload is complete.
  @Override
  public OutputStream createOutputStream(long offset) throws IOException {
    throw new IOException("use STOR");
  }

  @Override
  public InputStream createInputStream(long offset) throws IOException {
    if (item() instanceof Item.File file) {
      return view.operations().downloads().open(file.content(), offset);
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
