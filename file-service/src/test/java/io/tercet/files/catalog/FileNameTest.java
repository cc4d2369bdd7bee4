package io.tercet.files.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u2028b",
        "a\u2029b",
        "exe\u202efdp",
        "a\u200bb",
        "\ufeffa",
        "a\u00adb",
        "a\u2066b",
        "a\u200db",
        "1\u200d2",
        "a\u200cb",
        "a\ufe0fb",
        "1\ufe0f2",
        "a\u034fb",
        "\u3164",
        "\u2800",
        " ",
        "\u00a0\u3000",
        "\udb40\udc41",
        "\uffff"
      })
  void ofANewItemHidesNothing(String name) {
    assertThatThrownBy(() -> FilePath.newName(name)).hasMessageContaining("invalid-path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan.pdf",
        "Screenshot at 10.00\u202fAM.png",
        " leading blank",
        "图\u3000片.png",
        "Caf\u00e9",
        "👩\u200d🚀 ❤\ufe0f 1\ufe0f\u20e3",
        "👩🏽\u200d🚀",
        "🏳\ufe0f\u200d🌈",
        "نامه\u200cها",
        "क\u094d\u200dष",
        "葛\udb40\udd00城",
        "\uf8ff"
      })
  void mayHaveWhatPeopleWrite(String name) {
    assertThat(FilePath.newName(name)).isEqualTo(name);
  }
}
