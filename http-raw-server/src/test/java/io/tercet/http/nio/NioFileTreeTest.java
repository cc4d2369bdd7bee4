package io.tercet.http.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.file.FileTree.Entry;
import io.tercet.http.message.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NioFileTreeTest {
  @TempDir Path folder;
  private Path root;
  private NioFileTree tree;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    Files.createDirectory(root.resolve("below"));
    Files.writeString(root.resolve("below/a.txt"), "hello");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    tree = new NioFileTree(root);
  }

  @Test
  void findsFilesAndFolders() throws IOException {
    assertThat(tree.find("")).isInstanceOf(Entry.Folder.class);
    assertThat(tree.find("below")).isInstanceOf(Entry.Folder.class);
    try (OpenFile file = ((Entry.File) tree.find("below/a.txt")).file()) {
      assertThat(file.length()).isEqualTo(5);
      byte[] into = new byte[8];
      assertThat(file.read(1, into, 0, 8)).isEqualTo(4);
      assertThat(into).startsWith("ello".getBytes());
      assertThat(file.read(5, into, 0, 8)).isZero();
    }
  }

  @Test
  void tagsAnotherContentOtherwise() throws IOException {
    String before = tag("below/a.txt");
    assertThat(tag("below/a.txt")).isEqualTo(before);
    Files.writeString(root.resolve("below/a.txt"), "hello again");
    assertThat(tag("below/a.txt")).isNotEqualTo(before);
  }

  @Test
  void tellsWhetherAnOpenFileIsWrittenAnewAndNotWhetherItIsReplaced() throws IOException {
    Path path = root.resolve("below/a.txt");
    Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
    Path other = Files.writeString(root.resolve("other"), "other");
    try (OpenFile file = ((Entry.File) tree.find("below/a.txt")).file()) {
      assertThat(file.isUnchanged()).isTrue();
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
      assertThat(file.isUnchanged()).isTrue();
    }
    Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
    try (OpenFile file = ((Entry.File) tree.find("below/a.txt")).file()) {
      Files.writeString(path, "again");
      assertThat(file.isUnchanged()).isFalse();
      Files.writeString(path, "longer than before");
      Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
      assertThat(file.isUnchanged()).isFalse();
    }
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(tree.find("nothing")).isInstanceOf(Entry.Absent.class);
    assertThat(tree.find("below/a.txt/b")).isInstanceOf(Entry.Absent.class);
    assertThat(tree.find("\0")).isInstanceOf(Entry.Absent.class);
    assertThat(new NioFileTree(folder.resolve("gone")).find("")).isInstanceOf(Entry.Absent.class);
  }

  @Test
  void followsLinksAsFarAsTheyStayInside() throws IOException {
    Files.createSymbolicLink(root.resolve("inside"), Path.of("below/a.txt"));
    Files.createSymbolicLink(root.resolve("outside"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    assertThat(tag("inside")).isEqualTo(tag("below/a.txt"));
    assertThat(tree.find("outside")).isInstanceOf(Entry.Absent.class);
    assertThat(tree.find("up/secret.txt")).isInstanceOf(Entry.Absent.class);
  }

  private String tag(String path) {
    try (OpenFile file = ((Entry.File) tree.find(path)).file()) {
      return file.tag();
    }
  }
}
