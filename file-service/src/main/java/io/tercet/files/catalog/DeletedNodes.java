package io.tercet.files.catalog;

import io.tercet.files.catalog.Nodes.Node;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `deleted`: trees that no path leads to, in the bin or while they are removed.
/// Confined to one transaction.
final class DeletedNodes {
  private final JdbcClient jdbc;

  DeletedNodes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Takes a tree out of its space, whatever its size: into the bin, or to be removed.
  void add(Space space, Node node, UUID personId, Instant at, boolean purging) {
    jdbc.sql(
            """
            insert into deleted
              (node_id, space, parent, name, person_id, deleted_at, purging, maker)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            node.id(),
            space.key(),
            node.parent(),
            node.name(),
            personId.toString(),
            at.toEpochMilli(),
            purging ? 1 : 0)
        .param(node.shared() ? null : node.personId())
        .update();
    jdbc.sql("update node set parent = ?, name = id where id = ?")
        .params(Nodes.NOWHERE, node.id())
        .update();
  }

  boolean isPurging() {
    return jdbc.sql("select exists (select 1 from deleted where purging = 1)")
        .query(Boolean.class)
        .single();
  }

  boolean binHolds(Instant deletedBefore) {
    return jdbc.sql("select exists (select 1 from deleted where purging = 0 and deleted_at < ?)")
        .param(deletedBefore.toEpochMilli())
        .query(Boolean.class)
        .single();
  }

  /// Takes at most `limit` trees out of the bin of a space, to be removed: all, or those that one
  /// person made. Returns how many.
  int purge(Space space, @Nullable UUID maker, int limit) {
    String mine = maker == null ? "" : " and maker = ?";
    JdbcClient.StatementSpec statement =
        jdbc.sql(
                "update deleted set purging = 1 where node_id in (select node_id from deleted"
                    + " where space = ? and purging = 0"
                    + mine
                    + " limit ?)")
            .param(space.key());
    return (maker == null ? statement : statement.param(maker.toString())).param(limit).update();
  }

  /// Takes at most `limit` trees that were deleted before a time out of the bins.
  int purge(Instant deletedBefore, int limit) {
    return jdbc.sql(
            "update deleted set purging = 1 where node_id in (select node_id from deleted"
                + " where purging = 0 and deleted_at < ? limit ?)")
        .params(deletedBefore.toEpochMilli(), limit)
        .update();
  }

  /// Removes about `rowsMax` rows of the trees that are to be removed, from their leaves up.
  void removeSome(int rowsMax) {
    Deque<String> open = new ArrayDeque<>();
    int rows = 0;
    while (rows < rowsMax) {
      Optional<String> below = open.isEmpty() ? nextTree() : child(open.getLast());
      if (below.isPresent()) {
        open.addLast(below.get());
        rows++;
      } else if (open.isEmpty()) {
        return;
      } else {
        rows += removeLeaf(open, rowsMax - rows);
      }
    }
  }

  private Optional<String> nextTree() {
    return jdbc.sql("select node_id from deleted where purging = 1 order by deleted_at limit 1")
        .query(String.class)
        .optional();
  }

  private Optional<String> child(String parent) {
    return jdbc.sql("select id from node where parent = ? limit 1")
        .param(parent)
        .query(String.class)
        .optional();
  }

  private int removeLeaf(Deque<String> open, int rowsMax) {
    String id = open.getLast();
    int versions =
        jdbc.sql(
                "delete from version where file_id = ? and number in"
                    + " (select number from version where file_id = ? order by number limit ?)")
            .params(id, id, rowsMax)
            .update();
    if (versions < rowsMax) {
      jdbc.sql("delete from node where id = ?").param(id).update();
      open.removeLast();
    }
    return versions + 1;
  }
}
