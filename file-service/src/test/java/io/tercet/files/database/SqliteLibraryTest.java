package io.tercet.files.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.files.datafolder.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

class SqliteLibraryTest {

  private static final String PATH = "org.sqlite.lib.path";

  @TempDir Path folder;
  private final String before = System.getProperty(PATH);

  @AfterEach
  void forget() {
    if (before == null) {
      System.clearProperty(PATH);
    } else {
      System.setProperty(PATH, before);
    }
  }

  @Test
  void isUnpackedOnceAndLeavesNothingElse() throws IOException {
    Path place = folder.resolve("native");
    SqliteLibrary.placeInFirst(List.of(place));
    Object unpacked = fileKey(library(place));

    SqliteLibrary.placeInFirst(List.of(place));

    assertThat(fileKey(library(place))).isEqualTo(unpacked);
    assertThat(System.getProperty(PATH)).isEqualTo(place.toString());
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files).containsExactly(library(place));
    }
  }

  @Test
  void isReplacedIfItIsAnotherOne() throws IOException {
    Path place = Files.createDirectory(folder.resolve("native"));
    Files.writeString(library(place), "of an older driver");

    SqliteLibrary.placeInFirst(List.of(place));

    assertThat(Files.size(library(place))).isGreaterThan(100_000);
  }

  @Test
  void isLoadedFromTheNextFolderWhereTheFirstCannotBeWritten() throws IOException {
    Path closed = Files.createFile(folder.resolve("a-file"));
    Path place = folder.resolve("native");

    SqliteLibrary.placeInFirst(List.of(closed, place));

    assertThat(System.getProperty(PATH)).isEqualTo(place.toString());
  }

  @Test
  void saysInALineWhichFoldersItNeeds() throws IOException {
    Path closed = Files.createFile(folder.resolve("a-file"));

    assertThatThrownBy(() -> SqliteLibrary.placeInFirst(List.of(closed, closed)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("SQLite cannot be loaded from " + closed)
        .hasMessageContaining("writable and not mounted noexec")
        .message()
        .hasLineCount(1);
  }

  private static Path library(Path folder) {
    return folder.resolve(LibraryLoaderUtil.getNativeLibName());
  }

  private static Object fileKey(Path file) throws IOException {
    return Files.getAttribute(file, "fileKey");
  }
}
