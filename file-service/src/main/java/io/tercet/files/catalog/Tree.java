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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The folders and files of all spaces, inside one transaction.
///
/// - Threading: confined to the transaction that it was made for.
/// - Errors: `file-not-found`, `path-taken`, `invalid-path`, `too-large`; each undoes the
///   transaction.
public final class Tree {
  private final JdbcClient jdbc;
  private final Nodes nodes;
  private final Supplier<UUID> newIds;
  private final Instant now;

  Tree(JdbcClient jdbc, Clock clock, Supplier<UUID> newIds) {
    this.jdbc = jdbc;
    this.nodes = new Nodes(jdbc);
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

  /// Items of a folder: folders first, then by name.
  ///
  /// - Errors: `file-not-found` if there is no such folder.
  public Page list(Space space, FilePath folder, @Nullable Cursor after, int limit) {
    Position position = after == null ? new Position(-1, "") : after.position();
    List<Node> found = nodes.children(space, folderId(space, folder), position, limit + 1);
    List<Item> items =
        found.stream().limit(limit).map(node -> node.at(folder.child(node.name()))).toList();
    Node last = found.size() > limit ? found.get(limit - 1) : null;
    return new Page(items, last == null ? null : Cursor.behind(last));
  }

  /// Makes a folder, and those above it that are missing.
  ///
  /// - Errors: `path-taken` if a file is in the way.
  public Put<Item.Folder> makeFolder(Space space, FilePath path) {
    path.name();
    Optional<Item> before = find(space, path);
    makeAll(space, path);
    if (find(space, path).orElse(null) instanceof Item.Folder folder) {
      return new Put<>(folder, before.isEmpty());
    }
    throw new IllegalStateException("a folder that was made is not there");
  }

  /// Writes a file's next version, or its first; folders above it are made.
  public Put<Item.File> write(Space space, FilePath path, Item.Content content, Person person) {
    String parent = makeAll(space, path.parent());
    Node before = nodes.child(space, parent, path.name()).orElse(null);
    if (before != null && before.folder()) {
      throw taken("A folder of this name is there already.");
    }
    String id = before == null ? newIds.get().toString() : before.id();
    int version = before == null ? 1 : before.version() + 1;
    if (before == null) {
      nodes.insert(space, parent, new Node(id, path.name(), false, version, now, content));
    } else {
      nodes.setVersion(id, version, now);
    }
    nodes.insertVersion(id, version, content, person.personId(), now);
    Item.File file = new Item.File(UUID.fromString(id), path, now, version, content);
    return new Put<>(file, before == null);
  }

  /// Deletes a file, or a folder with everything in it, and returns the contents that they had.
  ///
  /// - Errors: `file-not-found`; `too-large` past `itemsMax`, and then nothing is deleted.
  public List<String> delete(Space space, FilePath path, int itemsMax) {
    path.name();
    Node node = node(space, path).orElseThrow(() -> notFound("Check the path."));
    if (nodes.subtreeSize(node.id()).nodes() > itemsMax) {
      throw tooMany(itemsMax);
    }
    List<String> blobs = nodes.blobsBelow(node.id());
    nodes.deleteBelow(node.id());
    return blobs;
  }

  /// A path in a space.
  public record Location(Space space, FilePath path) {}

  /// Moves a file, or a folder with everything in it. With `replace`, an existing file gets the
  /// content of the moved file as its next version.
  public Item move(Location from, Location to, boolean replace, Person person, int itemsMax) {
    Node node = node(from.space(), from.path()).orElseThrow(() -> notFound("Check the path."));
    checkMove(node, from, to, itemsMax);
    Node inTheWay = node(to.space(), to.path()).orElse(null);
    if (inTheWay != null && !inTheWay.id().equals(node.id())) {
      return replaced(node, inTheWay, to, replace, person);
    }
    String parent = makeAll(to.space(), to.path().parent());
    nodes.move(node.id(), to.space(), parent, to.path().name());
    return find(to.space(), to.path()).orElseThrow();
  }

  private void checkMove(Node node, Location from, Location to, int itemsMax) {
    from.path().name();
    to.path().name();
    boolean same = from.space().equals(to.space());
    if (same && node.folder() && to.path().startsWith(from.path()) && !to.equals(from)) {
      throw new ProblemException(ProblemType.INVALID_PATH, "A folder cannot be moved into itself.");
    }
    Nodes.SubtreeSize size = nodes.subtreeSize(node.id());
    if (size.nodes() > itemsMax) {
      throw tooMany(itemsMax);
    }
    FilePath.checkDepth(to.path().names().size() - 1 + size.levels());
  }

  private Item replaced(Node node, Node old, Location to, boolean replace, Person person) {
    Item.Content content = node.content();
    if (!replace || content == null || old.folder()) {
      throw taken("Choose another name, or replace a file by a file.");
    }
    Item.File file = write(to.space(), to.path(), content, person).item();
    nodes.deleteBelow(node.id());
    return file;
  }

  /// All files below a folder, each with its path below that folder.
  ///
  /// - Errors: `file-not-found`; `too-large` past `filesMax`.
  public List<Item.File> filesBelow(Space space, FilePath folder, int filesMax) {
    List<Item.File> files = new ArrayList<>();
    collect(space, folderId(space, folder), FilePath.TOP, files, filesMax);
    return files;
  }

  private void collect(Space space, String id, FilePath at, List<Item.File> files, int filesMax) {
    for (Node node : nodes.children(space, id, new Position(-1, ""), Integer.MAX_VALUE)) {
      switch (node.at(at.child(node.name()))) {
        case Item.Folder folder -> collect(space, node.id(), folder.path(), files, filesMax);
        case Item.File file -> files.add(file);
      }
      if (files.size() > filesMax) {
        throw tooMany(filesMax);
      }
    }
  }

  /// Whether any version of a file, or a published site, still uses this content.
  boolean isUsed(String sha256) {
    return nodes.isUsed(sha256);
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

  private String makeAll(Space space, FilePath folder) {
    String parent = Nodes.TOP;
    for (String name : folder.names()) {
      Node node = nodes.child(space, parent, name).orElse(null);
      if (node != null && !node.folder()) {
        throw taken("A file is in the way: " + name);
      }
      if (node == null) {
        node = new Node(newIds.get().toString(), name, true, 1, now, null);
        nodes.insert(space, parent, node);
      }
      parent = node.id();
    }
    return parent;
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(ProblemType.FILE_NOT_FOUND, detail);
  }

  private static ProblemException taken(String detail) {
    return new ProblemException(ProblemType.PATH_TAKEN, detail);
  }

  private static ProblemException tooMany(int itemsMax) {
    return new ProblemException(
        ProblemType.TOO_LARGE, "At most " + itemsMax + " items at once: take it in parts.");
  }
}
