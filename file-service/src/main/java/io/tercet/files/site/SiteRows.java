package io.tercet.files.site;

import io.tercet.files.catalog.Item;
import io.tercet.files.identity.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `site`, `site_file` and `site_revision`. Confined to one transaction.
final class SiteRows {
  private final JdbcClient jdbc;

  SiteRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Row(String name, UUID owner, String folder, int version, @Nullable Instant publishedAt) {

    boolean isOwnedBy(Person person) {
      return owner.equals(person.personId());
    }
  }

  Optional<Row> find(String name) {
    return jdbc.sql("select * from site where name = ?")
        .param(name)
        .query(SiteRows::row)
        .optional();
  }

  List<Row> publishedBy(UUID owner) {
    return jdbc.sql(
            "select * from site where person_id = ? and published_at is not null order by name")
        .param(owner.toString())
        .query(SiteRows::row)
        .list();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    long at = row.getLong("published_at");
    boolean published = !row.wasNull();
    return new Row(
        row.getString("name"),
        UUID.fromString(row.getString("person_id")),
        row.getString("folder"),
        row.getInt("version"),
        published ? Instant.ofEpochMilli(at) : null);
  }

  void save(String name, Person owner, String folder, int version, Instant at) {
    jdbc.sql(
            """
            insert into site (name, person_id, folder, version, published_at) values (?, ?, ?, ?, ?)
            on conflict (name) do update set folder = excluded.folder, version = excluded.version,
              published_at = excluded.published_at
            """)
        .params(name, owner.personId().toString(), folder, version, at.toEpochMilli())
        .update();
  }

  void takeDown(String name) {
    jdbc.sql("update site set published_at = null where name = ?").param(name).update();
  }

  void addFile(String site, int version, Item.File file) {
    Item.Content content = file.content();
    jdbc.sql(
            "insert into site_file (site, version, path, sha256, size, media_type)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            site,
            version,
            file.path().toString(),
            content.sha256(),
            content.size(),
            content.mediaType())
        .update();
  }

  /// Deletes the versions before one, and returns the contents that they used.
  List<String> deleteBefore(String site, int version) {
    List<String> contents =
        jdbc.sql("select distinct sha256 from site_file where site = ? and version < ?")
            .params(site, version)
            .query((row, _) -> row.getString("sha256"))
            .list();
    jdbc.sql("delete from site_file where site = ? and version < ?").params(site, version).update();
    return contents;
  }

  List<SiteFile> files(String site, int version) {
    return jdbc.sql(
            "select path, size, sha256, media_type from site_file"
                + " where site = ? and version = ? order by path")
        .params(site, version)
        .query((row, _) ->
            new SiteFile(
                row.getString("path"),
                row.getLong("size"),
                row.getString("sha256"),
                row.getString("media_type")))
        .list();
  }

  /// How many files all published sites have, except one site.
  long filesOfOthers(String site) {
    return jdbc.sql(
            """
            select count(*) from site join site_file
              on site_file.site = site.name and site_file.version = site.version
              where site.published_at is not null and site.name <> ?
            """)
        .param(site)
        .query(Long.class)
        .single();
  }

  Optional<Item.Content> content(String sha256) {
    return jdbc.sql("select sha256, size, media_type from site_file where sha256 = ? limit 1")
        .param(sha256)
        .query((row, _) ->
            new Item.Content(
                row.getString("sha256"), row.getLong("size"), row.getString("media_type")))
        .optional();
  }

  void countChange() {
    jdbc.sql("update site_revision set revision = revision + 1").update();
  }

  PublishedSites publishedSites() {
    List<PublishedSites.Published> sites =
        jdbc.sql("select name, version from site where published_at is not null order by name")
            .query((row, _) ->
                new PublishedSites.Published(row.getString("name"), row.getInt("version")))
            .list();
    return new PublishedSites(revision(), sites);
  }

  long revision() {
    return jdbc.sql("select revision from site_revision").query(Long.class).single();
  }
}
