package io.tercet.http.file;

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
        "assets/chunk-0f1e2d3c4b5a69788796.js",
        "assets/index-BkX3_9aQ.js",
        "assets/vendor-DkE7b1Rz.js",
        "assets/main.3f2a91bc.js",
        "assets/main.8e0d7c55.css",
        "assets/app-64adf301.js",
        "assets/chunk-K7WQ3ZXD.js",
        "assets/chunk-2Q7XJ5MA.js",
        "assets/logo.6ce24c58023cc2f8fd88fe9d219db6c6.svg",
        "assets/page-9f86d081884c7d65.js"
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
        "assets/photo-1024x768.jpg",
        "assets/cover-1200x630.png",
        "assets/texture-10x20x30.png",
        "assets/manual-2024rev3.pdf",
        "assets/report-12feb2024.pdf",
        "assets/tool-v10beta2.zip",
        "assets/photo-iPhone6s.jpg",
        "assets/chart-GPT4mini.svg",
        "assets/logo.svg",
        "assets/B4rF_1ui.js",
        "images/index-B4rF_1ui.js",
        "myassets/index-B4rF_1ui.js"
      })
  void doesNotEndTheNamesThatPeopleGive(String path) {
    assertThat(HashedName.ends(path)).isFalse();
  }
}
