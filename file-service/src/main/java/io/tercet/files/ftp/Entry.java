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

/// A file or folder, there or not, as FtpServer's commands ask about it.
///
/// The catalogue is asked once, when first needed.
///
/// - Threading: confined to its session.
final class Entry implements FtpFile {
  private static final Logger log = LoggerFactory.getLogger(Entry.class);
  private static final int PAGE = 1000;

  private final FolderView view;
  private final List<String> names;
  private final Place place;
  private @Nullable Item item;
  private boolean asked;

  Entry(FolderView view, List<String> names, Place place) {
    this.view = view;
    this.names = names;
    this.place = place;
  }

  private Entry(FolderView view, List<String> names, Place place, Item item) {
    this(view, names, place);
    this.item = item;
    this.asked = true;
  }

  List<String> names() {
    return names;
  }

  Place place() {
    return place;
  }

  /// What the catalogue knows; null if nothing is there, or the place is none of the catalogue's.
  @Nullable Item item() {
    if (!asked && place instanceof Place.Inside inside && !inside.path().isTop()) {
      item = view.features().folders().find(person(), inside.space(), inside.path()).orElse(null);
    }
    asked = true;
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
    return switch (place) {
      case Place.Root _, Place.Rooms _ -> true;
      case Place.Inside inside -> inside.path().isTop() || item() instanceof Item.Folder;
      case Place.Nowhere _ -> false;
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
    return place instanceof Place.Inside;
  }

  @Override
  public boolean isRemovable() {
    return place instanceof Place.Inside inside && !inside.path().isTop();
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

  /// There is no file of this name on any disk.
  @Override
  public Object getPhysicalFile() {
    return this;
  }

  @Override
  public boolean mkdir() {
    return place instanceof Place.Inside inside
        && done(
            "mkdir", () -> view.features().folders().make(person(), inside.space(), inside.path()));
  }

  /// Deletes a file or an empty folder: what else is in a folder, an FTP client deletes by itself.
  @Override
  public boolean delete() {
    if (!(place instanceof Place.Inside inside) || (isDirectory() && !isEmpty(inside))) {
      return false;
    }
    return done(
        "delete",
        () ->
            view.features()
                .folders()
                .delete(person(), inside.space(), inside.path(), Preconditions.NONE));
  }

  private boolean isEmpty(Place.Inside inside) {
    return view.features()
        .folders()
        .list(person(), inside.space(), inside.path(), null, 1)
        .items()
        .isEmpty();
  }

  @Override
  public boolean move(FtpFile destination) {
    if (!(place instanceof Place.Inside(var space, var path))
        || !(destination instanceof Entry to)
        || !(to.place instanceof Place.Inside(var toSpace, var toPath))) {
      return false;
    }
    Tree.Target from = new Tree.Target(space, path);
    Tree.Target target = new Tree.Target(toSpace, toPath);
    return done("move", () -> view.features().folders().move(person(), from, target, true));
  }

  private static boolean done(String verb, Runnable work) {
    try {
      work.run();
      return true;
    } catch (ProblemException e) {
      log.info("refused {} reason={}", verb, e.type().slug());
      return false;
    }
  }

  @Override
  public List<Entry> listFiles() {
    if (!(place instanceof Place.Inside inside)) {
      return view.entriesOf(place);
    }
    List<Entry> entries = new ArrayList<>();
    Cursor after = null;
    do {
      Tree.Page page =
          view.features().folders().list(person(), inside.space(), inside.path(), after, PAGE);
      page.items().forEach(found -> entries.add(child(inside, found)));
      after = page.next();
    } while (after != null && entries.size() < view.features().settings().listMax());
    if (after != null) {
      log.warn("listing cut off items={}", entries.size());
    }
    return entries;
  }

  private Entry child(Place.Inside inside, Item found) {
    Place at = new Place.Inside(inside.space(), found.path());
    return new Entry(view, FolderView.joined(names, found.path().name()), at, found);
  }

  /// Uploads go through [StoreCommand], which knows whether they came to their end.
  @Override
  public OutputStream createOutputStream(long offset) throws IOException {
    throw new IOException("use STOR");
  }

  @Override
  public InputStream createInputStream(long offset) throws IOException {
    if (item() instanceof Item.File file) {
      return view.features().downloads().open(file.content(), offset);
    }
    throw new IOException("no such file");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entry entry && names.equals(entry.names);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(names);
  }
}
