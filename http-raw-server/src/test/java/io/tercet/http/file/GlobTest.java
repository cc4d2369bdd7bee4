package io.tercet.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.html, index.html, true",
    "*.html, a/b/index.html, true",
    "*.html, index.htm, false",
    "*.html, .html/x, false",
    "img/*, img/a.png, true",
    "img/*, img/a/b.png, false",
    "img/**, img/a/b.png, true",
    "/img/*, img/a.png, true",
    "/a.txt, a.txt, true",
    "/a.txt, b/a.txt, false",
    "**/b.png, b.png, true",
    "**/b.png, x/y/b.png, true",
    "x/**/b.png, x/b.png, true",
    "a?.txt, ab.txt, true",
    "a?.txt, a.txt, false",
    "a.+(x), a.+(x), true",
    "a.+(x), aab(x), false"
  })
  void matchesPaths(String glob, String path, boolean matches) {
    assertThat(new Glob(glob).matches(path)).isEqualTo(matches);
  }
}
