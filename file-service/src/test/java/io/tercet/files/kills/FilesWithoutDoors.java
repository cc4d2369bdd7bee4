package io.tercet.files.kills;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.database.Database;
import io.tercet.files.folder.Folders;
import io.tercet.files.identity.Person;
import io.tercet.files.site.Site;
import io.tercet.files.site.Sites;
import io.tercet.files.upload.Upload;
import io.tercet.files.upload.UploadTarget;
import io.tercet.files.upload.Uploads;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;

/// The service on a data folder, without HTTP, FTP and what runs by a schedule: so one process can
/// have many.
final class FilesWithoutDoors implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final Person person;
  private final Space home;
  private final Space room;

  /// The person who does everything, in the own folder and in a room.
  record Owner(UUID personId, UUID roomId) {}

  @ComponentScan({
    "io.tercet.files.access",
    "io.tercet.files.blob",
    "io.tercet.files.catalog",
    "io.tercet.files.chat",
    "io.tercet.files.database",
    "io.tercet.files.datafolder",
    "io.tercet.files.folder",
    "io.tercet.files.identity",
    "io.tercet.files.outbox",
    "io.tercet.files.quota",
    "io.tercet.files.site",
    "io.tercet.files.upload"
  })
  private static class Beans {
    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }

  private FilesWithoutDoors(ConfigurableApplicationContext context, Owner owner) {
    this.context = context;
    this.person = new Person(owner.personId(), "ada", false);
    this.home = new Space.Home(owner.personId());
    this.room = new Space.Room(owner.roomId());
  }

  static FilesWithoutDoors open(
      Path data, String chatUrl, Owner owner, UnaryOperator<Connection> connections) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Beans.class)
            .web(WebApplicationType.NONE)
            .initializers(fresh ->
                ((GenericApplicationContext) fresh)
                    .registerBean("connections", UnaryOperator.class, () -> connections))
            .run(
                "--tercet.data=" + data,
                "--tercet.chat-url=" + chatUrl,
                "--tercet.files.database.ballast=0B",
                "--tercet.files.database.readers=1",
                // Who waits for a stopped writer waits until the process ends.
                "--tercet.files.database.wait-max=2m",
                "--tercet.files.outbox.file-window=0s",
                "--tercet.files.site.batch=2",
                "--logging.level.root=error");
    return new FilesWithoutDoors(context, owner);
  }

  Space home() {
    return home;
  }

  Space room() {
    return room;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  void put(Space space, String path, String text) {
    UploadTarget target = new UploadTarget(space, path(path), Preconditions.NONE);
    Uploads uploads = bean(Uploads.class);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InetAddress here = InetAddress.getLoopbackAddress();
    try (Upload upload = uploads.open(person, here, target, bytes.length)) {
      upload.write(bytes, 0, bytes.length);
      uploads.commit(upload, person, target, _ -> true);
    }
  }

  void move(Space from, String path, Space to, String newPath) {
    bean(Folders.class)
        .move(
            person,
            new Tree.Location(from, path(path)),
            new Tree.Location(to, path(newPath)),
            true);
  }

  void delete(Space space, String path) {
    bean(Folders.class).delete(person, space, path(path), Preconditions.NONE);
  }

  void publish(String site, String folder) {
    String text = "people/me/" + folder;
    bean(Sites.class).publish(person, site, new Sites.Source(home, path(folder), text));
  }

  void takeDown(String site) {
    bean(Sites.class).takeDown(person, site);
  }

  private static FilePath path(String text) {
    FilePath path = FilePath.TOP;
    for (String name : text.split("/")) {
      path = path.child(name);
    }
    return path;
  }

  /// Everything that can be seen: paths with their contents, and sites with theirs.
  List<String> state() {
    List<String> all = new ArrayList<>();
    bean(Catalog.class)
        .read(tree -> {
          collect(tree, home, FilePath.TOP, all);
          collect(tree, room, FilePath.TOP, all);
          return true;
        });
    for (Site site : bean(Sites.class).of(person)) {
      bean(Sites.class)
          .files(site.site(), site.version())
          .forEach(file -> all.add(site.site() + " shows " + file.path() + " " + file.sha256()));
    }
    return all;
  }

  private static void collect(Tree tree, Space space, FilePath folder, List<String> all) {
    for (Item item : tree.list(space, folder, null, 1000).items()) {
      switch (item) {
        case Item.Folder below -> {
          all.add(space + " " + below.path() + "/");
          collect(tree, space, below.path(), all);
        }
        case Item.File file -> all.add(space + " " + file.path() + " " + file.content().sha256());
      }
    }
  }

  /// The values of the first column that a query finds.
  List<String> query(String sql) {
    return bean(Database.class).read(jdbc -> jdbc.sql(sql).query(String.class).list());
  }

  @Override
  public void close() {
    context.close();
  }
}
