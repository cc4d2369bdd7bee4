package io.tercet.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.people.Name;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a name is found by.
class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "Sales.Team2026, sales-team2026 team2026 2026",
    "lobby, lobby",
    "a_b-c.d, a-b-c-d b-c-d c-d d",
    "a--b, a-b b",
    "2nd-floor, 2nd-floor nd-floor floor",
    "ＡＢＣ－１２, abc-12 12",
    "Straße-ÜBER, strasse-über über",
    "项目讨论, 项目讨论 目讨论 讨论 论",
    "Team项目2, team项目2 项目2 目2 2",
    "ひらがなカナ, ひらがなカナ らがなカナ がなカナ なカナ カナ ナ",
    "общий-чат, общий-чат чат",
    "개발회의, 개발회의 발회의 회의 의"
  })
  void areItsWordsEachToTheEndOfTheName(String name, String words) {
    assertThat(Words.of(Name.fromBefore(name).key()).stream().map(Words.Word::text))
        .containsExactly(words.split(" "));
  }

  @Test
  void includeNoneThatBeginsWithAMark() {
    // A Thai consonant with two marks over it, and another consonant.
    assertThat(Words.of(Name.fromBefore("ก\u0E34\u0E48ข").key()).stream().map(Words.Word::text))
        .containsExactly("ก\u0E34\u0E48ข", "ข");
  }

  @Test
  void areFoundOnceByWhatSeveralOfThemBeginWith() {
    List<Words.Word> words = Words.of(Name.fromBefore("test-tent-test2").key());
    for (String typed : List.of("t", "te", "tes", "test", "test-", "ten", "test2", "2")) {
      assertThat(words.stream().filter(word -> finds(word, typed)))
          .as(typed)
          .hasSize(1)
          .first()
          .isEqualTo(
              words.stream().filter(word -> word.text().startsWith(typed)).findFirst().get());
    }
  }

  @Test
  void areBoundedInNumberAndLength() {
    List<Words.Word> words = Words.of(Name.fromBefore("龘".repeat(1_000)).key());
    assertThat(words).hasSize(64);
    assertThat(words).allSatisfy(word -> assertThat(word.text()).hasSize(64));
    assertThat(words.stream().filter(word -> finds(word, "龘".repeat(64)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'  Team Plans ', team-plans",
    "team_plans, team-plans",
    "TEAM, team",
    "-team-, team",
    "'   ', ''",
    "讨论, 讨论",
    "Ｔｅａｍ, team"
  })
  void areLookedForByTheSameRule(String typed, String beginning) {
    assertThat(Words.beginning(Name.fromBefore(typed).key())).contains(beginning);
  }

  @Test
  void haveNoCharacterThatADatabaseCannotStore() {
    assertThat(Words.beginning("a\0")).isEmpty();
  }

  private static boolean finds(Words.Word word, String typed) {
    return word.text().startsWith(typed) && word.shared() < typed.length();
  }
}
