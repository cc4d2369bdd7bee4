package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

  @Test
  void givesItsNameAndANameGivesItself() {
    assertThat(NameExamples.of("handles"))
        .allSatisfy(example -> {
          String name = example.get("name").stringValue();
          assertThat(DisplayName.handleOf(example.get("typed").stringValue())).isEqualTo(name);
          assertThat(DisplayName.handleOf(name)).isEqualTo(name);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "John Smith,     John.Smith, John Smith",
    "' John   Smith ', john.smith, John Smith",
    "John\u00A0Smith,  John.Smith, John Smith",
    "\"O'Brien\",    OBrien,     \"O'Brien\"",
    "Ada 👋,          ada,        Ada 👋",
    "Ada,            ada,        Ada",
  })
  void isKeptAsItWasTypedWithSingleBlanks(String typed, String name, String kept) {
    assertThat(DisplayName.of(typed, Name.ofPerson(name))).isEqualTo(kept);
  }

  @Test
  void isNoneIfItIsTheName() {
    assertThat(DisplayName.of("ada", Name.ofPerson("ada"))).isNull();
    assertThat(DisplayName.of(null, Name.ofPerson("ada"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "👋 !",
        "ﷺ",
        "\u202Eada",
        "ada\u200B",
        "ada\u3164",
        "ada\u0000",
        "ada\uE000",
        "👩\u200D💻ada",
        "!\u0301\u0302\u0303\u0304\u0306ada"
      })
  void isRefusedIfItSaysNothingOrDeceives(String typed) {
    assertThatThrownBy(() -> DisplayName.of(typed, Name.ofPerson("ada")))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void hasABound() {
    Name ada = Name.ofPerson("ada");
    assertThat(DisplayName.of("ada" + "!".repeat(61), ada)).hasSize(64);
    assertThatThrownBy(() -> DisplayName.of("ada" + "!".repeat(62), ada))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> DisplayName.of("ada" + "!".repeat(1_000_000), ada))
        .isInstanceOf(ProblemException.class);
  }
}
