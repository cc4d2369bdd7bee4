package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

  static final List<String> INVALID = NameExamples.texts("invalidNames");

  /// PostgreSQL's index takes no key of more bytes.
  private static final int INDEX_KEY_BYTES_MAX = 2_700;

  @ParameterizedTest
  @CsvSource({"Ada,ADA", "Ａｄａ,ada", "STRASSE,straße", "Σίσυφος,ΣΊΣΥΦΟΣ", "ﬁn,FIN"})
  void takesNamesForTheSameThatFoldToTheSame(String one, String other) {
    assertThat(Name.ofPerson(one).key()).isEqualTo(Name.ofPerson(other).key());
  }

  @Test
  void takesANameForTheSameWhateverIsHiddenInIt() {
    assertThat(Name.fromBefore("lob\u034Fby\u3164").key()).isEqualTo(Name.ofRoom("lobby").key());
    assertThat(Name.fromBefore("lob\u034Fby\u3164").skeletons())
        .containsAnyElementsOf(Name.ofRoom("lobby").skeletons());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "Ada.Lovelace_1-2", "李明", "हिन्दी", "9lives", "Ünal", "ตุ๊กตา", "မြန်မာ"})
  void acceptsLettersAndDigitsOfAnyScript(String name) {
    assertThat(Name.ofPerson(name).shown()).isEqualTo(name);
  }

  @ParameterizedTest
  @FieldSource("INVALID")
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

  @Test
  void hasASkeletonInCommonWithWhatItLooksLike() {
    assertThat(NameExamples.of("resembling"))
        .allSatisfy(pair -> {
          Name one = Name.ofPerson(pair.get(0).stringValue());
          Name other = Name.ofPerson(pair.get(1).stringValue());
          assertThat(one.key()).isNotEqualTo(other.key());
          assertThat(one.skeletons()).containsAnyElementsOf(other.skeletons());
        });
    assertThat(Name.ofPerson("grace").skeletons())
        .doesNotContainAnyElementsOf(Name.ofPerson("ada").skeletons());
  }

  /// Otherwise a name that is allowed could not be stored.
  @Test
  void hasAKeyAndSkeletonsThatFitIntoAnIndex() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(NameCharacters::isLetterOrDigit)
        .forEach(character -> {
          Name name = Name.fromBefore(Character.toString(character));
          assertThat(bytes(name.key()) * Name.ROOM_CHARACTERS_MAX)
              .as("key of U+%X", character)
              .isLessThan(INDEX_KEY_BYTES_MAX);
          for (String skeleton : name.skeletons()) {
            assertThat(bytes(skeleton) * Name.ROOM_CHARACTERS_MAX)
                .as("skeleton of U+%X", character)
                .isLessThan(INDEX_KEY_BYTES_MAX);
          }
        });
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
