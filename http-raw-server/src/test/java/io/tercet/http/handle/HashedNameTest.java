package io.tercet.http.handle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be kept for ever, and what only looks like it.
class HashedNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assets/index-B4rF_1ui.js",
        "assets/index-CCTWVseE.css",
        "assets/index-Bx-3_k9Z.js.map",
        "app/assets/main.4f1a2b3c.css",
        "assets/fonts/inter-5YKZ3J2L.woff2",
        "assets/chunk-0f1e2d3c4b5a69788796.js"
      })
  void endsTheNamesThatBuildToolsGive(String path) {
    assertThat(HashedName.ends(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assets/hero-background.png",
        "assets/site-stylesheet.css",
        "assets/summer-vacation.jpg",
        "assets/big-big-hero.png",
        "assets/IMG-DSC01234.jpg",
        "assets/scan-IMG_2024.png",
        "assets/report-20261126.pdf",
        "assets/book-Chapter3.pdf",
        "assets/icon-ArrowTop.svg",
        "assets/spec-HTTPspec.txt",
        "assets/video-1080p60fps.mp4",
        "assets/logo.svg",
        "assets/B4rF_1ui.js",
        "images/index-B4rF_1ui.js",
        "myassets/index-B4rF_1ui.js"
      })
  void doesNotEndTheNamesThatPeopleGive(String path) {
    assertThat(HashedName.ends(path)).isFalse();
  }
}
