package io.tercet.files.sweep;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the catalogue says about contents. Confined to one transaction.
final class SweepRows {
  private final JdbcClient jdbc;

  SweepRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  boolean hasVersionsReplacedBefore(Instant moment) {
    return jdbc.sql("select exists (select 1 from version where replaced_at < ?)")
        .param(moment.toEpochMilli())
        .query(Boolean.class)
        .single();
  }

  /// Deletes versions that a newer one replaced before a moment, `limit` at most, and returns how
  /// many it deleted. What others write over the newest version of a file's maker does not replace
  /// it.
  int deleteVersionsReplacedBefore(Instant moment, int limit) {
    return jdbc.sql(
            """
            delete from version where rowid in
              (select rowid from version where replaced_at < ? order by replaced_at limit ?)
            """)
        .params(moment.toEpochMilli(), limit)
        .update();
  }

  /// Contents that lost a reference, `limit` at most.
  List<String> released(int limit) {
    return jdbc.sql("select sha256 from released where sha256 > '' order by sha256 limit ?")
        .param(limit)
        .query((row, _) -> row.getString("sha256"))
        .list();
  }

  void forgetReleased(String sha256) {
    jdbc.sql("delete from released where sha256 = ?").param(sha256).update();
  }

  /// Whether a version of a file, or a site, uses a content.
  boolean isUsed(String sha256) {
    return jdbc.sql(
            "select exists (select 1 from version where sha256 = ?)"
                + " or exists (select 1 from site_file where sha256 = ?)")
        .params(sha256, sha256)
        .query(Boolean.class)
        .single();
  }
}
