package io.tercet.http.posix.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.file.FileTree.Entry;
import io.tercet.http.message.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An open file, and what becomes of it meanwhile.
class PosixFileTest {
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06.789Z");

  @TempDir Path root;
  private Path path;
  private OpenFile file;

  @BeforeEach
  void open() throws IOException {
    path = Files.writeString(root.resolve("a.txt"), "first");
    Files.setLastModifiedTime(path, FileTime.from(LONG_AGO));
    file = ((Entry.File) new PosixFileTree(root).find("a.txt")).file();
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void isUnchangedIfNobodyWritesIntoIt() {
    assertThat(file.isUnchanged()).isTrue();
  }

  @Test
  void isChangedIfItIsWrittenAnewToTheSameLength() throws IOException {
    Files.writeString(path, "other");
    assertThat(file.isUnchanged()).isFalse();
  }

  @Test
  void isChangedIfItGrew() throws IOException {
    Files.writeString(path, "more", StandardOpenOption.APPEND);
    Files.setLastModifiedTime(path, FileTime.from(LONG_AGO));
    assertThat(file.isUnchanged()).isFalse();
  }

  /// As when a tree is exchanged for another.
  @Test
  void isUnchangedIfItsNameLeadsToAnotherFile() throws IOException {
    Path other = Files.writeString(root.resolve("new"), "longer than before");
    Files.move(other, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    assertThat(file.isUnchanged()).isTrue();
  }

  @Test
  void isUnchangedIfItHasNoNameAnyMore() throws IOException {
    Files.delete(path);
    assertThat(file.isUnchanged()).isTrue();
  }

  @Test
  void tellsWhenItChangedAndNotOnlyWhenItIsSaidTo() {
    assertThat(file.modifiedAt()).isEqualTo(LONG_AGO);
    assertThat(file.changedAt()).isAfter(LONG_AGO);
  }
}
