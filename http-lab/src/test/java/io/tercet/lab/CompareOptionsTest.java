package io.tercet.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareOptionsTest {
  @Test
  void comparesAllModelsUnlessTold() {
    assertThat(options())
        .isEqualTo(
            new CompareOptions(
                Path.of("report.html"),
                List.of(Settings.Model.values()),
                List.of(10, 100, 1_000, 10_000),
                Duration.ofSeconds(1)));
    assertThat(
            options(
                "--out=a.html",
                "--models",
                "virtual-threads,epoll",
                "--connections=20,5,20",
                "--seconds",
                "0.25"))
        .isEqualTo(
            new CompareOptions(
                Path.of("a.html"),
                List.of(Settings.Model.VIRTUAL_THREADS, Settings.Model.EPOLL),
                List.of(5, 20),
                Duration.ofMillis(250)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--models nothing",
        "--models",
        "--connections 0",
        "--connections 10,20001",
        "--connections 1,2,3,4,5,6,7,8,9",
        "--connections many",
        "--seconds 0",
        "--seconds 61",
        "./site"
      })
  void saysInOneLineWhatCannotBe(String words) {
    assertThatThrownBy(() -> options(words.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }

  private static CompareOptions options(String... words) {
    return CompareOptions.read(new ArrayDeque<>(Arrays.asList(words)));
  }
}
