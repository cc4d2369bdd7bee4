package io.tercet.http.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the fuzzer begins with, and a short walk from there; `make fuzz` walks on.
class FuzzSeedsTest {
  private static final int MUTATIONS = 20_000;

  static Stream<Corpus.Case> cases() {
    return Corpus.all().stream();
  }

  /// Both the corpus and the reference were written by hand: here one checks the other.
  @ParameterizedTest
  @MethodSource("cases")
  void theReferenceSeesWhatTheCorpusSays(Corpus.Case sample) {
    assertDoesNotThrow(
        () -> ParserFuzzer.agree(sample.bytes(), RequestLimits.DEFAULT, sample.events()));
  }

  @ParameterizedTest
  @MethodSource("io.tercet.http.parse.Corpus#seeds")
  void theParserSeesWhatTheReferenceSees(byte[] seed) {
    assertDoesNotThrow(() -> ParserFuzzer.fuzzerTestOneInput(seed));
  }

  @Test
  void theParserSeesWhatTheReferenceSeesInWhatIsAlmostRight() {
    // The same walk each time; `make fuzz` takes others.
    long seed = 9112;
    Mutations mutations = new Mutations(Corpus.seeds(), new Random(seed));
    int whole = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] stream = mutations.next();
      assertDoesNotThrow(() -> ParserFuzzer.fuzzerTestOneInput(stream), "seed " + seed);
      whole += StrictReader.read(stream, ParserFuzzer.LIMITS).whole() > 0 ? 1 : 0;
    }
    // Had they all been nonsense, this would have shown nothing.
    assertThat(whole).isGreaterThan(MUTATIONS / 20);
  }

  @Test
  void aDifferenceIsNoticed() {
    byte[] stream = Corpus.seeds().getFirst();
    assertThatThrownBy(
            () -> ParserFuzzer.agree(stream, RequestLimits.DEFAULT, List.of("refused 400 HOST")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("against the reference");
  }
}
