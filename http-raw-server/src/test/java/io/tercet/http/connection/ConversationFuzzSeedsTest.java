package io.tercet.http.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.tercet.http.parse.Corpus;
import io.tercet.http.parse.Mutations;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the fuzzer begins with, and a short walk from there; `make fuzz` walks on.
class ConversationFuzzSeedsTest {
  private static final int MUTATIONS = 8_000;

  @ParameterizedTest
  @MethodSource("io.tercet.http.parse.Corpus#seeds")
  void itAnswersWhatAStrictReaderSees(byte[] seed) {
    assertDoesNotThrow(() -> ConversationFuzzer.fuzzerTestOneInput(seed));
  }

  @Test
  void itAnswersWhatAStrictReaderSeesInWhatIsAlmostRight() {
    // The same walk each time; `make fuzz` takes others.
    long seed = 9112;
    Mutations mutations = new Mutations(Corpus.seeds(), new Random(seed));
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] stream = mutations.next();
      assertDoesNotThrow(() -> ConversationFuzzer.fuzzerTestOneInput(stream), "seed " + seed);
    }
  }
}
