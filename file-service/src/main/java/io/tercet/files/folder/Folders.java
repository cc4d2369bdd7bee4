package io.tercet.files.folder;

import io.tercet.files.access.AccessControl;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.Cursor;
import io.tercet.files.catalog.Editor;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.chat.JoinedRoom;
import io.tercet.files.identity.Person;
import io.tercet.files.outbox.Outbox;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.quota.Quotas;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Lists, makes, moves and deletes folders and files.
///
/// - Threading: safe.
/// - Errors: those of [AccessControl], [Quotas] and [Tree].
@Component
@EnableConfigurationProperties(FolderSettings.class)
public final class Folders {
  private static final Logger log = LoggerFactory.getLogger(Folders.class);

  private final AccessControl access;
  private final Catalog catalog;
  private final Quotas quotas;
  private final Outbox outbox;
  private final FolderSettings settings;

  Folders(
      AccessControl access,
      Catalog catalog,
      Quotas quotas,
      Outbox outbox,
      FolderSettings settings) {
    this.access = access;
    this.catalog = catalog;
    this.quotas = quotas;
    this.outbox = outbox;
    this.settings = settings;
  }

  /// The rooms whose folders the person may use.
  public List<JoinedRoom> roomsOf(Person person) {
    return access.roomsOf(person);
  }

  public Optional<Item> find(Person person, Space space, FilePath path) {
    access.check(person, space);
    return catalog.read(tree -> tree.find(space, path));
  }

  /// Some items of a folder, `limit` at most.
  public Tree.Page list(
      Person person, Space space, FilePath folder, @Nullable Cursor after, int limit) {
    access.check(person, space);
    int bounded = Math.clamp(limit, 1, settings.pageMax());
    return catalog.read(tree -> tree.list(space, folder, after, bounded));
  }

  public Tree.Put<Item.Folder> make(
      Person person, Space space, FilePath path, Preconditions preconditions) {
    access.check(person, space);
    return catalog.write(tree -> {
      preconditions.check(tree.find(space, path).orElse(null));
      return quotas.within(tree, person, space, () -> tree.makeFolder(space, path, person));
    });
  }

  /// Sets when a file or folder was modified: a client that copies a file keeps its time.
  public Item touch(Person person, Space space, FilePath path, Instant modifiedAt) {
    Editor editor = access.check(person, space);
    return catalog.write(tree -> tree.touch(space, path, modifiedAt, editor));
  }

  /// Deletes a file, or a folder with everything in it, of any size. It is out of sight at once;
  /// [Purge] removes it.
  public void delete(Person person, Space space, FilePath path, Preconditions preconditions) {
    Editor editor = access.check(person, space);
    catalog.writeToFree(tree -> {
      preconditions.check(tree.find(space, path).orElse(null));
      tree.delete(space, path, editor);
      return true;
    });
    log.info("deleted space={} person={}", space.key(), person.personId());
  }

  /// Deletes a folder in which nothing is.
  ///
  /// - Errors: `path-taken` if something is in it.
  public void deleteEmpty(Person person, Space space, FilePath path) {
    Editor editor = access.check(person, space);
    catalog.writeToFree(tree -> {
      if (!tree.list(space, path, null, 1).items().isEmpty()) {
        throw new ProblemException(ProblemType.PATH_TAKEN, "Delete what is in the folder first.");
      }
      tree.delete(space, path, editor);
      return true;
    });
    log.info("deleted space={} person={}", space.key(), person.personId());
  }

  /// Empties the bin of a space, as far as the person may; [Purge] removes what was in it.
  public void emptyBin(Person person, Space space) {
    Editor editor = access.check(person, space);
    int rows;
    int all = 0;
    do {
      rows = catalog.writeToFree(tree -> tree.emptyBin(space, editor, settings.purgeRows()));
      all += rows;
    } while (rows == settings.purgeRows());
    log.info("emptied bin space={} person={} items={}", space.key(), person.personId(), all);
  }

  /// Moves or renames. A file that moves into a room from another space is announced there.
  public Item move(Person person, Tree.Location from, Tree.Location to, boolean replace) {
    Tree.Mover mover =
        new Tree.Mover(access.check(person, from.space()), access.check(person, to.space()));
    catalog.read(tree -> tree.checkMoveSize(from, to, settings.itemsMax()));
    Item moved =
        catalog.write(tree -> {
          Item item =
              quotas.within(
                  tree,
                  person,
                  to.space(),
                  () -> tree.move(from, to, replace, mover, settings.itemsMax()));
          if (item instanceof Item.File file && !from.space().equals(to.space())) {
            outbox.add(tree, to.space(), file, person, true);
          }
          return item;
        });
    outbox.wake();
    log.info(
        "moved item={} from={} to={} person={}",
        moved.fileId(),
        from.space().key(),
        to.space().key(),
        person.personId());
    return moved;
  }
}
