package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The files of a version, close together, are found as if they were in a map.
class ManifestTest {
  private static final SiteVersion ADA = new SiteVersion("ada", 1);
  private static final List<String> PATHS =
      List.of("b/c.txt", "a", "b-c", "b/a/z.html", "日本/語.html", "\uD83D\uDE00.txt", "z");

  private final Manifest manifest = new Manifest(ADA, files(PATHS));

  @Test
  void findsEachFile() {
    for (String path : PATHS) {
      assertThat(manifest.sha256(path)).as(path).isEqualTo(file(path).sha256());
    }
    for (String other : List.of("", "A", "b", "b/", "b/c", "b/c.txt2", "zz", "0", "日本")) {
      assertThat(manifest.sha256(other)).as(other).isNull();
    }
  }

  @Test
  void knowsItsFolders() {
    for (String folder : List.of("", "b", "b/a", "日本")) {
      assertThat(manifest.isFolder(folder)).as(folder).isTrue();
    }
    for (String none : List.of("a", "b/", "b/a/z.html", "c", "b/a/z.htm", "z", "日")) {
      assertThat(manifest.isFolder(none)).as(none).isFalse();
    }
    assertThat(new Manifest(ADA, List.of()).isFolder("a")).isFalse();
  }

  @Test
  void isTheSameInWhateverOrderItIsTold() {
    Manifest other = new Manifest(ADA, files(PATHS.reversed()));
    assertThat(other).isEqualTo(manifest).hasSameHashCodeAs(manifest);
    assertThat(other.files()).containsExactlyInAnyOrderElementsOf(files(PATHS));
    assertThat(Manifest.parse(manifest.toText())).isEqualTo(manifest);
    assertThat(new Manifest(new SiteVersion("ada", 2), files(PATHS))).isNotEqualTo(manifest);
    assertThat(new Manifest(ADA, files(PATHS.subList(1, 7)))).isNotEqualTo(manifest);
  }

  @Test
  void refusesTwoFilesAtOnePath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Manifest(ADA, files(List.of("a", "b", "a"))))
        .withMessageContaining("two files");
  }

  @Test
  void tellsItsContentsByTheirFirstDigits() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 256; i++) {
      String digits = "%02x".formatted(i);
      Set<String> some = new HashSet<>();
      manifest.addContents(digits, some);
      assertThat(some).allMatch(sha256 -> sha256.startsWith(digits));
      all.addAll(some);
    }
    assertThat(all).hasSize(PATHS.size());
  }

  private static List<Manifest.File> files(List<String> paths) {
    return paths.stream().map(ManifestTest::file).toList();
  }

  private static Manifest.File file(String path) {
    return new Manifest.File(path, path.length(), FakeFileService.sha256(path.getBytes(UTF_8)));
  }
}
