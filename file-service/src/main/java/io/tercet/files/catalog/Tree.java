package io.tercet.files.catalog;

import io.tercet.files.catalog.Nodes.Node;
import io.tercet.files.catalog.Nodes.Position;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The folders and files of all spaces, inside one transaction.
///
/// Nothing here grows with the tree but what says its bound.
///
/// - Threading: confined to the transaction that it was made for.
/// - Errors: `file-not-found`, `path-taken`, `invalid-path`, `too-large`, `creator-only`,
///   `guests-not-allowed`; each undoes the transaction.
public final class Tree {
  private final JdbcClient jdbc;
  private final Nodes nodes;
  private final DeletedNodes deleted;
  private final Supplier<UUID> newIds;
  private final Instant now;

  Tree(JdbcClient jdbc, Clock clock, Supplier<UUID> newIds, CatalogSettings settings) {
    this.jdbc = jdbc;
    this.nodes = new Nodes(jdbc, settings);
    this.deleted = new DeletedNodes(jdbc);
    this.newIds = newIds;
    this.now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /// An item, and whether it was not there before.
  public record Put<T extends Item>(T item, boolean created) {}

  /// Some items of a folder in order, and where the next page starts, if there is one.
  public record Page(List<Item> items, @Nullable Cursor next) {}

  /// The transaction, for what must change together with the tree.
  public JdbcClient jdbc() {
    return jdbc;
  }

  /// The time of the transaction.
  public Instant now() {
    return now;
  }

  public UUID newId() {
    return newIds.get();
  }

  public Optional<Item> find(Space space, FilePath path) {
    return node(space, path).map(node -> node.at(path));
  }

  /// - Errors: `file-not-found`, also for a folder.
  public Item.File file(Space space, FilePath path) {
    return switch (find(space, path).orElse(null)) {
      case Item.File file -> file;
      case Item.Folder _ -> throw notFound("This is a folder: end its path with a slash.");
      case null -> throw notFound("Check the path.");
    };
  }

  /// A file, and the space where it is.
  public record Located(Space space, Item.File file) {}

  /// A file by its id, with the path where it is now; in its newest version if none is given. Empty
  /// if there is no such file or version, or the file or a folder above it was deleted.
  public Optional<Located> fileById(UUID fileId, @Nullable Integer version) {
    return new FilesById(jdbc).find(fileId, version);
  }

  /// Items of a folder: folders first, then by name.
  ///
  /// - Errors: `file-not-found` if there is no such folder.
  public Page list(Space space, FilePath folder, @Nullable Cursor after, int limit) {
    Position position = after == null ? Position.FIRST : after.position();
    List<Node> found = nodes.children(space, folderId(space, folder), position, limit + 1);
    List<Item> items =
        found.stream().limit(limit).map(node -> node.at(folder.child(node.name()))).toList();
    Node last = found.size() > limit ? found.get(limit - 1) : null;
    return new Page(items, last == null ? null : Cursor.behind(last));
  }

  /// Names in a folder from one name on and before another, `limit` at most; none if there is no
  /// such folder.
  public List<String> names(Space space, FilePath folder, String from, String before, int limit) {
    Node node = folder.isTop() ? null : node(space, folder).orElse(null);
    if (node == null && !folder.isTop()) {
      return List.of();
    }
    return nodes.names(space, node == null ? Nodes.TOP : node.id(), from, before, limit);
  }

  /// Makes a folder, and those above it that are missing.
  ///
  /// - Errors: `path-taken` if a file is in the way.
  public Put<Item.Folder> makeFolder(Space space, FilePath path, Person person) {
    path.name();
    boolean created = find(space, path).isEmpty();
    List<Node> chain = makeAll(space, path, person);
    Node made = chain.getLast();
    if (created) {
      noteBelow(chain.subList(0, chain.size() - 1), made);
    }
    return new Put<>(
        new Item.Folder(UUID.fromString(made.id()), path, made.modifiedAt(), made.version()),
        created);
  }

  /// Checks without changing anything that the editor may write a file here.
  ///
  /// - Errors: `guests-not-allowed`.
  public void checkWrite(Space space, FilePath path, Editor editor) {
    node(space, path).ifPresent(editor::checkChange);
  }

  /// Writes a file's next version, or its first; folders above it are made.
  ///
  /// - Errors: `path-taken`, `guests-not-allowed`.
  public Put<Item.File> write(Space space, FilePath path, Item.Content content, Editor editor) {
    path.name();
    Person person = editor.person();
    List<Node> chain = makeAll(space, path.parent(), person);
    Node before = nodes.child(space, idOfLast(chain), path.name()).orElse(null);
    if (before != null && before.folder()) {
      throw taken("A folder of this name is there already.");
    }
    Node written;
    if (before == null) {
      FileName.checkNew(path.name());
      written = newNode(chain, path.name(), person, content);
      nodes.insert(space, written);
      noteBelow(chain, written);
    } else {
      editor.checkChange(before);
      written = before;
      nodes.setVersion(before.id(), before.version() + 1, now);
      if (!before.isMadeBy(person.personId())) {
        nodes.setBelow(before.id(), true, before.height());
        noteBelow(chain, before.asShared());
      }
    }
    int version = before == null ? 1 : before.version() + 1;
    nodes.insertVersion(written.id(), version, content, person.personId(), now);
    Item.File file = new Item.File(UUID.fromString(written.id()), path, now, version, content);
    return new Put<>(file, before == null);
  }

  /// Sets when a file or folder was modified, as its client says.
  ///
  /// - Errors: `file-not-found`, `guests-not-allowed`.
  public Item touch(Space space, FilePath path, Instant modifiedAt, Editor editor) {
    path.name();
    Node node = node(space, path).orElseThrow(() -> notFound("Check the path."));
    editor.checkChange(node);
    nodes.setVersion(node.id(), node.version(), modifiedAt);
    return find(space, path).orElseThrow();
  }

  /// Deletes a file, or a folder with everything in it, of any size: no path leads there any more.
  /// What a room loses lies in its bin; what a person loses is removed soon.
  ///
  /// - Errors: `file-not-found`, `creator-only`.
  public void delete(Space space, FilePath path, Editor editor) {
    path.name();
    Node node = node(space, path).orElseThrow(() -> notFound("Check the path."));
    editor.checkRemoval(node);
    boolean purging = space instanceof Space.Home;
    deleted.add(space, node, editor.person().personId(), now, purging);
  }

  /// Takes at most `limit` of what the editor may delete out of the bin of a space, to be removed
  /// for good. Returns how many.
  public int emptyBin(Space space, Editor editor, int limit) {
    return deleted.purge(space, editor.owner() ? null : editor.person().personId(), limit);
  }

  /// Takes at most `limit` of what was deleted before a time out of all bins, and returns how many.
  public int emptyBins(Instant deletedBefore, int limit) {
    return deleted.purge(deletedBefore, limit);
  }

  /// Whether a bin holds something that was deleted before a time.
  public boolean binHolds(Instant deletedBefore) {
    return deleted.binHolds(deletedBefore);
  }

  /// Whether something is to be removed for good.
  public boolean isPurging() {
    return deleted.isPurging();
  }

  /// Removes about `rowsMax` rows of what is to be removed for good.
  public boolean purgeSome(int rowsMax) {
    deleted.removeSome(rowsMax);
    return true;
  }

  /// A path in a space.
  public record Location(Space space, FilePath path) {}

  /// Checks without changing anything that a move to another space moves at most `itemsMax` items.
  /// A move inside a space changes one row, whatever its size.
  ///
  /// - Errors: `file-not-found`, `too-large`.
  public boolean checkMoveSize(Location from, Location to, int itemsMax) {
    Node node = node(from.space(), from.path()).orElseThrow(() -> notFound("Check the path."));
    if (!from.space().equals(to.space())) {
      movable(node, itemsMax);
    }
    return true;
  }

  private List<String> movable(Node node, int itemsMax) {
    List<String> ids = nodes.subtree(node.id(), itemsMax + 1);
    if (ids.size() > itemsMax) {
      throw tooMany(itemsMax);
    }
    return ids;
  }

  /// Who moves something: as an editor of the space that it comes from, and of the one it goes to.
  public record Mover(Editor from, Editor to) {}

  /// Moves a file, or a folder with everything in it. With `replace`, an existing file gets the
  /// content of the moved file as its next version.
  ///
  /// - Errors: `too-large` if more than `itemsMax` items would move to another space.
  public Item move(Location from, Location to, boolean replace, Mover mover, int itemsMax) {
    Node node = node(from.space(), from.path()).orElseThrow(() -> notFound("Check the path."));
    checkMove(node, from, to);
    mover.from().checkRemoval(node);
    Node inTheWay = node(to.space(), to.path()).orElse(null);
    if (inTheWay != null && !inTheWay.id().equals(node.id())) {
      return replaced(node, inTheWay, from, to, replace, mover.to());
    }
    if (!to.path().name().equals(node.name())) {
      FileName.checkNew(to.path().name());
    }
    if (!from.space().equals(to.space())) {
      List<String> ids = movable(node, itemsMax);
      nodes.displace(node.id()); // its old name may be taken in the other space
      nodes.setSpace(ids, to.space());
    }
    List<Node> chain = makeAll(to.space(), to.path().parent(), mover.to().person());
    nodes.place(node.id(), to.space(), idOfLast(chain), to.path().name());
    noteBelow(chain, node);
    return node.at(to.path());
  }

  private void checkMove(Node node, Location from, Location to) {
    from.path().name();
    to.path().name();
    boolean same = from.space().equals(to.space());
    if (same && node.folder() && to.path().startsWith(from.path()) && !to.equals(from)) {
      throw new ProblemException(ProblemType.INVALID_PATH, "A folder cannot be moved into itself.");
    }
    FilePath.checkDepth(to.path().names().size() + node.height());
  }

  private Item replaced(
      Node node, Node old, Location from, Location to, boolean replace, Editor editor) {
    Item.Content content = node.content();
    if (!replace || content == null || old.folder()) {
      throw taken("Choose another name, or replace a file by a file.");
    }
    Item.File file = write(to.space(), to.path(), content, editor).item();
    boolean purging = from.space() instanceof Space.Home || !node.shared();
    deleted.add(from.space(), node, editor.person().personId(), now, purging);
    return file;
  }

  /// All files below a folder, each with its path below that folder.
  ///
  /// - Errors: `file-not-found`; `too-large` past `itemsMax` files or as many folders.
  public List<Item.File> filesBelow(Space space, FilePath folder, int itemsMax) {
    return new FilesBelow(nodes, space, itemsMax).in(folderId(space, folder));
  }

  private Optional<Node> node(Space space, FilePath path) {
    String parent = Nodes.TOP;
    Node node = null;
    for (String name : path.names()) {
      node = nodes.child(space, parent, name).orElse(null);
      if (node == null) {
        return Optional.empty();
      }
      parent = node.id();
    }
    return Optional.ofNullable(node);
  }

  private String folderId(Space space, FilePath folder) {
    if (folder.isTop()) {
      return Nodes.TOP;
    }
    return node(space, folder)
        .filter(Node::folder)
        .map(Node::id)
        .orElseThrow(() -> notFound("There is no such folder."));
  }

  /// The folders of a path from the top down, made where they are missing.
  private List<Node> makeAll(Space space, FilePath folder, Person person) {
    List<Node> chain = new ArrayList<>();
    for (String name : folder.names()) {
      Node node = nodes.child(space, idOfLast(chain), name).orElse(null);
      if (node != null && !node.folder()) {
        throw taken("A file is in the way: " + name);
      }
      if (node == null) {
        FileName.checkNew(name);
        node = newNode(chain, name, person, null);
        nodes.insert(space, node);
      }
      chain.add(node);
    }
    return chain;
  }

  private Node newNode(
      List<Node> chain, String name, Person person, Item.@Nullable Content content) {
    return new Node(
        newIds.get().toString(),
        idOfLast(chain),
        name,
        content == null,
        1,
        now,
        person.personId().toString(),
        false,
        0,
        content);
  }

  private static String idOfLast(List<Node> chain) {
    return chain.isEmpty() ? Nodes.TOP : chain.getLast().id();
  }

  /// Tells the folders above of what was put below the last of them.
  private void noteBelow(List<Node> chain, Node added) {
    for (int i = 0; i < chain.size(); i++) {
      Node folder = chain.get(i);
      int height = Math.max(folder.height(), added.height() + chain.size() - i);
      boolean shared =
          folder.shared() || added.shared() || !Objects.equals(folder.personId(), added.personId());
      if (height != folder.height() || shared != folder.shared()) {
        nodes.setBelow(folder.id(), shared, height);
      }
    }
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(ProblemType.FILE_NOT_FOUND, detail);
  }

  private static ProblemException taken(String detail) {
    return new ProblemException(ProblemType.PATH_TAKEN, detail);
  }

  static ProblemException tooMany(int itemsMax) {
    return new ProblemException(
        ProblemType.TOO_LARGE, "At most " + itemsMax + " items at once: take it in parts.");
  }
}
