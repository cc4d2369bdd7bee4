package io.tercet.files.catalog;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `node` and `version`. Confined to one transaction.
final class Nodes {
  /// The parent id of nodes at the top of a space.
  static final String TOP = "";

  /// The parent id of the top of each tree that is in no folder; no node has this id.
  static final String NOWHERE = "deleted";

  private static final String SELECT =
      """
      select n.id, n.parent, n.name, n.kind, n.version, n.modified_at, n.person_id, n.shared,
        n.height below, v.sha256, v.size, v.media_type, v.width, v.height
      from node n left join version v on v.file_id = n.id and v.number = n.version
      """;

  /// `personId` made it, if that is known. `shared`: somebody else made something below, or wrote a
  /// version of the file. `height`: how many levels are below, at least.
  record Node(
      String id,
      String parent,
      String name,
      boolean folder,
      int version,
      Instant modifiedAt,
      @Nullable String personId,
      boolean shared,
      int height,
      Item.@Nullable Content content) {

    boolean isMadeBy(UUID person) {
      return person.toString().equals(personId);
    }

    /// The same, after somebody else wrote a version.
    Node asShared() {
      return new Node(
          id, parent, name, folder, version, modifiedAt, personId, true, height, content);
    }

    Item at(FilePath path) {
      UUID fileId = UUID.fromString(id);
      return content == null
          ? new Item.Folder(fileId, path, modifiedAt, version)
          : new Item.File(fileId, path, modifiedAt, version, content);
    }
  }

  /// The position of a child in a listing: folders first, then by name.
  record Position(int kind, String name) {
    /// Before all children.
    static final Position FIRST = new Position(-1, "");

    static Position of(Node node) {
      return new Position(node.folder() ? 0 : 1, node.name());
    }
  }

  private static final RowMapper<Node> NODE =
      (row, _) -> {
        boolean folder = row.getInt("kind") == 0;
        return new Node(
            row.getString("id"),
            row.getString("parent"),
            row.getString("name"),
            folder,
            row.getInt("version"),
            Instant.ofEpochMilli(row.getLong("modified_at")),
            row.getString("person_id"),
            row.getInt("shared") == 1,
            row.getInt("below"),
            folder
                ? null
                : new Item.Content(
                    row.getString("sha256"),
                    row.getLong("size"),
                    row.getString("media_type"),
                    Item.Pixels.of(row)));
      };

  private final JdbcClient jdbc;
  private final CatalogSettings settings;

  Nodes(JdbcClient jdbc, CatalogSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  Optional<Node> child(Space space, String parent, String name) {
    return jdbc.sql(SELECT + "where n.space = ? and n.parent = ? and n.name = ?")
        .params(space.key(), parent, name)
        .query(NODE)
        .optional();
  }

  List<Node> children(Space space, String parent, Position after, int limit) {
    return jdbc.sql(
            SELECT
                + """
                where n.space = ? and n.parent = ? and (n.kind, n.name) > (?, ?)
                order by n.kind, n.name limit ?
                """)
        .params(space.key(), parent, after.kind(), after.name(), limit)
        .query(NODE)
        .list();
  }

  /// Names of children from one name on and before another, `limit` at most.
  List<String> names(Space space, String parent, String from, String before, int limit) {
    return jdbc.sql(
            "select name from node where space = ? and parent = ? and name >= ? and name < ?"
                + " limit ?")
        .params(space.key(), parent, from, before, limit)
        .query((row, _) -> row.getString("name"))
        .list();
  }

  /// - Errors: `quota-exceeded` if the folder is full.
  void insert(Space space, Node node) {
    jdbc.sql(
            "insert into node (id, space, parent, name, kind, version, modified_at, person_id)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            node.id(),
            space.key(),
            node.parent(),
            node.name(),
            node.folder() ? 0 : 1,
            node.version(),
            node.modifiedAt().toEpochMilli())
        .param(node.personId())
        .update();
    checkSize(space, node.parent());
  }

  void setBelow(String id, boolean shared, int height) {
    jdbc.sql("update node set shared = ?, height = ? where id = ?")
        .params(shared ? 1 : 0, height, id)
        .update();
  }

  /// - Errors: `quota-exceeded` for a folder that has more items than it may.
  private void checkSize(Space space, String parent) {
    long items =
        jdbc.sql("select items from folder_size where space = ? and parent = ?")
            .params(space.key(), parent)
            .query(Long.class)
            .single();
    if (items > settings.folderItemsMax()) {
      throw new ProblemException(
          ProblemType.QUOTA_EXCEEDED,
          "A folder has at most " + settings.folderItemsMax() + " items: use another one.");
    }
  }

  void setVersion(String id, int version, Instant modifiedAt) {
    jdbc.sql("update node set version = ?, modified_at = ? where id = ?")
        .params(version, modifiedAt.toEpochMilli(), id)
        .update();
  }

  /// Adds a version, and deletes those that are too many: of the replaced ones, so that the newest
  /// of the file's maker stays.
  void insertVersion(String id, int number, Item.Content content, UUID personId, Instant at) {
    Item.Pixels pixels = content.pixels();
    jdbc.sql(
            "insert into version (file_id, number, sha256, size, media_type, person_id, written_at,"
                + " width, height) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            id,
            number,
            content.sha256(),
            content.size(),
            content.mediaType(),
            personId.toString(),
            at.toEpochMilli())
        .param(pixels == null ? null : pixels.width())
        .param(pixels == null ? null : pixels.height())
        .update();
    jdbc.sql("delete from version where file_id = ? and number <= ? and replaced_at is not null")
        .params(id, number - settings.versionsMax())
        .update();
  }

  /// A node and those below it, `limit` at most. It reads no more rows than that: a recursive
  /// statement would read all children of a folder before a limit ends it.
  List<String> subtree(String id, int limit) {
    List<String> ids = new ArrayList<>(List.of(id));
    for (int i = 0; i < ids.size() && ids.size() < limit; i++) {
      ids.addAll(
          jdbc.sql("select id from node where parent = ? limit ?")
              .params(ids.get(i), limit - ids.size())
              .query((row, _) -> row.getString("id"))
              .list());
    }
    return ids;
  }

  void setSpace(List<String> ids, Space to) {
    for (String id : ids) {
      jdbc.sql("update node set space = ? where id = ?").params(to.key(), id).update();
    }
  }

  void place(String id, Space space, String parent, String name) {
    jdbc.sql("update node set parent = ?, name = ? where id = ?").params(parent, name, id).update();
    checkSize(space, parent);
  }

  /// Takes a node out of its folder, so that no path leads to it.
  void displace(String id) {
    jdbc.sql("update node set parent = ?, name = id where id = ?").params(NOWHERE, id).update();
  }
}
