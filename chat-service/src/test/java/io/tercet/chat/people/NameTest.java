package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

  @ParameterizedTest
  @CsvSource({"Ada,ADA", "Ａｄａ,ada", "STRASSE,straße", "Σίσυφος,ΣΊΣΥΦΟΣ", "ﬁn,FIN"})
  void takesNamesForTheSameThatFoldToTheSame(String one, String other) {
    assertThat(Name.ofPerson(one).key()).isEqualTo(Name.ofPerson(other).key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Ada.Lovelace_1-2", "李明", "हिन्दी", "9lives", "Ünal"})
  void acceptsLettersAndDigitsOfAnyScript(String name) {
    assertThat(Name.ofPerson(name).shown()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".a", "-a", "_a", "a b", "a/b", "a\0b", "a\u202Eb", "😀", "a\nb"})
  void refusesEverythingElse(String name) {
    assertThatThrownBy(() -> Name.ofPerson(name))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.type()).isEqualTo(ProblemType.INVALID_NAME));
  }

  @Test
  void countsCharactersNotBytes() {
    assertThat(Name.ofPerson("李".repeat(32)).shown()).hasSize(32);
    assertThat(Name.ofPerson("𠀀".repeat(32)).shown().codePoints().count()).isEqualTo(32);
    assertThatThrownBy(() -> Name.ofPerson("a".repeat(33))).isInstanceOf(ProblemException.class);
    assertThat(Name.ofRoom("a".repeat(64)).shown()).hasSize(64);
    assertThatThrownBy(() -> Name.ofRoom("a".repeat(65))).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> Name.ofRoom("a".repeat(1_000_000)))
        .isInstanceOf(ProblemException.class);
  }
}
