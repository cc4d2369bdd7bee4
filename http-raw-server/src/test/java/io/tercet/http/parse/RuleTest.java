package io.tercet.http.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.message.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every refusal says what was wrong and where that is written, has a case, and has its reason on
/// record.
class RuleTest {
  private static final Path DECISION =
      Path.of("../docs/adr/0007-what-two-readers-could-read-in-two-ways-is-refused.md");

  /// These are not in what the client sent, but in what it did not send, in when, or in what came
  /// before HTTP.
  private static final Set<Rule> ABOUT_NO_REQUEST =
      EnumSet.of(
          Rule.HEADER_TIMEOUT,
          Rule.BODY_TIMEOUT,
          Rule.BODY_TOO_SLOW,
          Rule.CUT_OFF,
          Rule.PROXY_HEADER,
          Rule.TOO_MUCH_UNFINISHED,
          Rule.TOO_MANY_CONNECTIONS,
          Rule.TOO_MANY_OF_ONE_CLIENT);

  @ParameterizedTest
  @EnumSource
  void tellsTheClientItsSection(Rule rule) {
    assertThat(rule.section()).matches("(RFC [0-9]{4}|PROXY protocol) §[0-9]+(\\.[0-9]+)*");
    assertThat(rule.detail()).endsWith(" (" + rule.section() + ")").doesNotContain("\"", "\\");
    assertThat(rule.problem().status().code()).isBetween(400, 599);
  }

  /// Nobody else's fault is meant: this server alone has no room.
  @ParameterizedTest
  @EnumSource(names = {"TOO_MANY_CONNECTIONS", "TOO_MUCH_UNFINISHED"})
  void saysOfWhatFindsNoRoomThatItIsTheServerWhichHasTooMuchToDo(Rule rule) {
    assertThat(rule.problem()).isEqualTo(ProblemType.OVERLOADED);
  }

  @Test
  void hasACaseInTheCorpus() {
    Set<String> refused =
        Corpus.all().stream()
            .flatMap(sample -> sample.events().stream())
            .filter(event -> event.startsWith("refused "))
            .map(event -> event.substring("refused 400 ".length()))
            .collect(Collectors.toSet());
    assertThat(rules()).isNotEmpty().allSatisfy(rule -> assertThat(refused).contains(rule.name()));
  }

  @Test
  void hasItsReasonOnRecord() throws IOException {
    String decision = Files.readString(DECISION);
    assertThat(rules())
        .allSatisfy(rule ->
            assertThat(decision)
                .containsPattern("(?m)^\\| `" + rule + "` \\| [^|]*§[^|]* \\| [^|]+ \\|$")
                .contains("| `" + rule + "` | " + rule.section() + " |"));
  }

  private static Stream<Rule> rules() {
    return Arrays.stream(Rule.values()).filter(rule -> !ABOUT_NO_REQUEST.contains(rule));
  }
}
