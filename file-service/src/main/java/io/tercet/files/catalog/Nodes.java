package io.tercet.files.catalog;

import java.time.Instant;
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

  private static final String SELECT =
      """
      select n.id, n.name, n.kind, n.version, n.modified_at, v.sha256, v.size, v.media_type
      from node n left join version v on v.file_id = n.id and v.number = n.version
      """;

  /// A node and everything below it.
  private static final String BELOW =
      """
      with recursive below (id, depth) as (
        select :id, 1
        union all select n.id, b.depth + 1 from node n join below b on n.parent = b.id)
      """;

  record Node(
      String id,
      String name,
      boolean folder,
      int version,
      Instant modifiedAt,
      Item.@Nullable Content content) {

    Item at(FilePath path) {
      UUID fileId = UUID.fromString(id);
      return content == null
          ? new Item.Folder(fileId, path, modifiedAt, version)
          : new Item.File(fileId, path, modifiedAt, version, content);
    }
  }

  /// How many nodes a subtree has, itself included, and how many levels.
  record SubtreeSize(int nodes, int levels) {}

  /// The position of a child in a listing: folders first, then by name.
  record Position(int kind, String name) {}

  private static final RowMapper<Node> NODE =
      (row, _) -> {
        boolean folder = row.getInt("kind") == 0;
        return new Node(
            row.getString("id"),
            row.getString("name"),
            folder,
            row.getInt("version"),
            Instant.ofEpochMilli(row.getLong("modified_at")),
            folder
                ? null
                : new Item.Content(
                    row.getString("sha256"), row.getLong("size"), row.getString("media_type")));
      };

  private final JdbcClient jdbc;

  Nodes(JdbcClient jdbc) {
    this.jdbc = jdbc;
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

  void insert(Space space, String parent, Node node) {
    jdbc.sql(
            "insert into node (id, space, parent, name, kind, version, modified_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)")
        .params(
            node.id(),
            space.key(),
            parent,
            node.name(),
            node.folder() ? 0 : 1,
            node.version(),
            node.modifiedAt().toEpochMilli())
        .update();
  }

  void setVersion(String id, int version, Instant modifiedAt) {
    jdbc.sql("update node set version = ?, modified_at = ? where id = ?")
        .params(version, modifiedAt.toEpochMilli(), id)
        .update();
  }

  void insertVersion(String id, int number, Item.Content content, UUID personId, Instant at) {
    jdbc.sql(
            "insert into version (file_id, number, sha256, size, media_type, person_id, written_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)")
        .params(
            id,
            number,
            content.sha256(),
            content.size(),
            content.mediaType(),
            personId.toString(),
            at.toEpochMilli())
        .update();
  }

  SubtreeSize subtreeSize(String id) {
    return jdbc.sql(BELOW + "select count(*) nodes, max(depth) levels from below")
        .param("id", id)
        .query((row, _) -> new SubtreeSize(row.getInt("nodes"), row.getInt("levels")))
        .single();
  }

  /// The contents of all versions of all files from a node down.
  List<String> blobsBelow(String id) {
    return jdbc.sql(
            BELOW + "select distinct sha256 from version where file_id in (select id from below)")
        .param("id", id)
        .query((row, _) -> row.getString("sha256"))
        .list();
  }

  void deleteBelow(String id) {
    jdbc.sql(BELOW + "delete from node where id in (select id from below)")
        .param("id", id)
        .update();
  }

  void move(String id, Space to, String parent, String name) {
    jdbc.sql(
            BELOW
                + "update node set space = :space where id in (select id from below) and space <>"
                + " :space")
        .param("id", id)
        .param("space", to.key())
        .update();
    jdbc.sql("update node set parent = ?, name = ? where id = ?").params(parent, name, id).update();
  }

  boolean isUsed(String sha256) {
    return jdbc.sql(
            "select exists (select 1 from version where sha256 = ?)"
                + " or exists (select 1 from site_file where sha256 = ?)")
        .params(sha256, sha256)
        .query(Boolean.class)
        .single();
  }
}
