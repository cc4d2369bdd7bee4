package io.tercet.system.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Bytes;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that is kept in two places with rclone.
@DrivesTheStack
@Tag("rclone")
class RcloneTest {

  private final Path folder;
  private final Person ada;
  private final Rclone rclone;

  RcloneTest(Stack stack, @TempDir Path folder) {
    this.folder = folder;
    this.ada = Person.registered(stack, "ada");
    this.rclone = Rclone.as(ada, folder);
  }

  @Test
  void copiesChecksSyncsAndPurgesOverTls() throws IOException {
    keepsAFolderInTwoPlaces(rclone);
  }

  @Test
  @Tag("process")
  void copiesChecksSyncsAndPurgesInPlainText() throws IOException {
    keepsAFolderInTwoPlaces(rclone.inPlainText());
  }

  private void keepsAFolderInTwoPlaces(Rclone rclone) throws IOException {
    write("notes/loom.txt", 100);
    write("notes/with blank [1] and *.txt", 10);
    write("notes/资料/图 👋.bin", 300_000);
    write("empty.txt", 0);
    for (int i = 0; i < 40; i++) {
      write("many/" + i + ".bin", 1000 + i);
    }
    Path loom = folder.resolve("source/notes/loom.txt");
    Instant written = Instant.parse("2001-02-03T04:05:06Z");
    Files.setLastModifiedTime(loom, FileTime.from(written));

    rclone.run("copy", "source", "tercet:home/copy").succeeded();
    rclone.run("check", "--download", "source", "tercet:home/copy").succeeded();
    assertThat(modifiedAt("copy/notes/loom.txt")).isEqualTo(written);
    assertThat(rclone.run("copy", "-v", "source", "tercet:home/copy").succeeded().text())
        .contains("There was nothing to transfer");

    Files.delete(folder.resolve("source/many/7.bin"));
    write("notes/loom.txt", 200);
    write("new/deep/er.txt", 5);
    rclone.run("sync", "source", "tercet:home/copy").succeeded();
    rclone.run("check", "--download", "source", "tercet:home/copy").succeeded();
    assertThat(names("copy/many/")).hasSize(39).doesNotContain("7.bin");

    rclone.run("sync", "tercet:home/copy", "back").succeeded();
    rclone.run("check", "source", "back").succeeded();
    rclone.run("purge", "tercet:home/copy").succeeded();
    assertThat(names("")).doesNotContain("copy");
  }

  private void write(String name, int bytes) throws IOException {
    Path file = folder.resolve("source").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Bytes.random(bytes));
  }

  private Instant modifiedAt(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String parent = path.substring(0, path.length() - name.length());
    for (var item : ada.browser().get("/api/files/people/me/" + parent).json().path("items")) {
      if (item.path("name").asString().equals(name)) {
        return Instant.parse(item.path("modifiedAt").asString());
      }
    }
    throw new AssertionError("there is no " + path);
  }

  private List<String> names(String folder) {
    return new ArrayList<>(
        ada.browser()
            .get("/api/files/people/me/" + folder)
            .json()
            .path("items")
            .findValuesAsString("name"));
  }
}
