package io.tercet.files.site;

import io.tercet.files.catalog.Item;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `site`, `site_skeleton`, `site_file` and `site_revision`. Confined to one
/// transaction.
final class SiteRows {
  private final JdbcClient jdbc;

  SiteRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// `size`: of the published version; nothing if none is published. `room`: the room whose folder
  /// it shows.
  record Row(
      String name,
      UUID owner,
      String folder,
      int version,
      @Nullable Instant publishedAt,
      @Nullable UUID room,
      SiteSize size) {

    boolean isPublished() {
      return publishedAt != null;
    }

    /// The published version, and the one before it.
    boolean keeps(int aVersion) {
      return isPublished() && (aVersion == version || aVersion == version - 1);
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

  List<Row> publishedIn(UUID room) {
    return jdbc.sql(
            "select * from site where room_id = ? and published_at is not null order by name")
        .param(room.toString())
        .query(SiteRows::row)
        .list();
  }

  /// Published sites of rooms, in some order, behind one of them.
  List<Row> publishedInRooms(String afterRoom, String afterName, int limit) {
    return jdbc.sql(
            """
            select * from site where room_id is not null and published_at is not null
              and (room_id, name) > (?, ?) order by room_id, name limit ?
            """)
        .params(afterRoom, afterName, limit)
        .query(SiteRows::row)
        .list();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    long at = row.getLong("published_at");
    boolean published = !row.wasNull();
    String room = row.getString("room_id");
    return new Row(
        row.getString("name"),
        UUID.fromString(row.getString("person_id")),
        row.getString("folder"),
        row.getInt("version"),
        published ? Instant.ofEpochMilli(at) : null,
        room == null ? null : UUID.fromString(room),
        new SiteSize(row.getLong("files"), row.getLong("bytes")));
  }

  /// How many names a person has, published or not; counts no further than `limit`.
  int namesOf(UUID owner, int limit) {
    return jdbc.sql("select count(*) from (select 1 from site where person_id = ? limit ?)")
        .params(owner.toString(), limit)
        .query(Integer.class)
        .single();
  }

  /// Gives a free name to a person, and says that rows of versions may have to be deleted. False if
  /// it belongs to somebody else.
  boolean reserve(String name, UUID owner) {
    return jdbc.sql(
                """
                insert into site (name, person_id, folder, version, untidy) values (?, ?, '', 0, 1)
                on conflict (name) do update set untidy = 1 where person_id = excluded.person_id
                """)
            .params(name, owner.toString())
            .update()
        == 1;
  }

  /// Makes a version the published one; its files are there already.
  void publish(Row row, Instant at) {
    jdbc.sql(
            """
            update site set room_id = ?, folder = ?, version = ?, published_at = ?, files = ?,
              bytes = ?, untidy = 1 where name = ?
            """)
        .param(row.room() == null ? null : row.room().toString())
        .params(row.folder(), row.version(), at.toEpochMilli())
        .params(row.size().files(), row.size().bytes(), row.name())
        .update();
  }

  /// The site whose name looks like this one.
  Optional<String> resembling(String name) {
    return jdbc.sql("select site from site_skeleton where skeleton = ?")
        .param(SiteName.skeleton(name))
        .query(String.class)
        .optional();
  }

  void addSkeleton(String name) {
    jdbc.sql("insert into site_skeleton (skeleton, site) values (?, ?)")
        .params(SiteName.skeleton(name), name)
        .update();
  }

  void takeDown(String name) {
    jdbc.sql("update site set published_at = null, files = 0, bytes = 0, untidy = 1 where name = ?")
        .param(name)
        .update();
  }

  /// Adds a file to a version; false if its content may be gone, since no file has it any more.
  boolean addFile(String site, int version, Item.File file) {
    Item.Content content = file.content();
    return jdbc.sql(
                """
                insert into site_file (site, version, path, sha256, size, media_type)
                  select ?, ?, ?, ?, ?, ? where exists (select 1 from version where sha256 = ?)
                """)
            .params(
                site,
                version,
                file.path().toString(),
                content.sha256(),
                content.size(),
                content.mediaType(),
                content.sha256())
            .update()
        == 1;
  }

  Optional<Row> untidy() {
    return jdbc.sql("select * from site where untidy = 1 limit 1").query(SiteRows::row).optional();
  }

  /// Says that only kept versions are left, unless the site has changed since it was read.
  int setTidy(Row site) {
    return jdbc.sql(
            "update site set untidy = 0 where name = ? and version = ?"
                + " and (published_at is not null) = ?")
        .params(site.name(), site.version(), site.isPublished() ? 1 : 0)
        .update();
  }

  /// Deletes at most `limit` files of the versions before `first` or behind `last`, and returns how
  /// many it deleted.
  int deleteOutside(String site, int first, int last, int limit) {
    return jdbc.sql(
            """
            delete from site_file where rowid in (
              select rowid from (
                select rowid from site_file where site = :site and version < :first
                union all
                select rowid from site_file where site = :site and version > :last)
              limit :limit)
            """)
        .param("site", site)
        .param("first", first)
        .param("last", last)
        .param("limit", limit)
        .update();
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

  /// What all published sites have together.
  SiteSize allSites() {
    return jdbc.sql("select files, bytes from site_revision")
        .query((row, _) -> new SiteSize(row.getLong("files"), row.getLong("bytes")))
        .single();
  }

  /// A content of a version that is kept.
  Optional<Item.Content> content(String sha256) {
    return jdbc.sql(
            """
            select f.sha256, f.size, f.media_type from site_file f join site s on s.name = f.site
              where f.sha256 = ? and s.published_at is not null
                and f.version between s.version - 1 and s.version limit 1
            """)
        .param(sha256)
        .query((row, _) ->
            new Item.Content(
                row.getString("sha256"), row.getLong("size"), row.getString("media_type")))
        .optional();
  }

  /// Counts a change of what is published, and by how much it grew or shrank.
  void countChange(SiteSize by) {
    jdbc.sql(
            "update site_revision set revision = revision + 1, files = files + ?, bytes = bytes +"
                + " ?")
        .params(by.files(), by.bytes())
        .update();
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
