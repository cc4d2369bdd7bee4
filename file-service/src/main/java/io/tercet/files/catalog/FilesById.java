package io.tercet.files.catalog;

import static java.util.Comparator.comparingInt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds a file by its id, and the space and path where it is now. Confined to one transaction.
final class FilesById {
  private final JdbcClient jdbc;

  FilesById(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// A node on the way from the top of a space to a file.
  private record Step(String name, String space, String parent, int depth) {}

  Optional<Tree.Located> find(UUID id, @Nullable Integer version) {
    List<Step> way = wayTo(id);
    if (way.isEmpty() || !way.getFirst().parent().equals(Nodes.TOP)) {
      return Optional.empty();
    }
    FilePath path = new FilePath(way.stream().map(Step::name).toList());
    Space space = Space.of(way.getLast().space());
    return file(id, path, version).map(file -> new Tree.Located(space, file));
  }

  /// The way that ends in the node; its first step is not at the top if the node was deleted.
  private List<Step> wayTo(UUID id) {
    return jdbc
        .sql(
            """
            with recursive above (name, space, parent, depth) as (
              select name, space, parent, 1 from node where id = ?
              union all select n.name, n.space, n.parent, depth + 1
                from above join node n on n.id = above.parent)
            select name, space, parent, depth from above
            """)
        .param(id.toString())
        .query((row, _) ->
            new Step(
                row.getString("name"),
                row.getString("space"),
                row.getString("parent"),
                row.getInt("depth")))
        .list()
        .stream()
        .sorted(comparingInt(Step::depth).reversed())
        .toList();
  }

  private Optional<Item.File> file(UUID id, FilePath path, @Nullable Integer version) {
    return jdbc.sql(
            """
            select v.number, v.sha256, v.size, v.media_type, v.width, v.height,
              iif(v.number = n.version, n.modified_at, v.written_at) modified_at
            from node n join version v on v.file_id = n.id
            where n.id = :id and v.number = coalesce(:version, n.version)
            """)
        .param("id", id.toString())
        .param("version", version)
        .query((row, _) ->
            new Item.File(
                id,
                path,
                Instant.ofEpochMilli(row.getLong("modified_at")),
                row.getInt("number"),
                new Item.Content(
                    row.getString("sha256"),
                    row.getLong("size"),
                    row.getString("media_type"),
                    Item.Pixels.of(row))))
        .optional();
  }
}
