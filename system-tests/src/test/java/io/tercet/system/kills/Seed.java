package io.tercet.system.kills;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Where the chance in a kill test comes from. It is printed, and `TERCET_SEED` repeats it: the
/// same sizes and the same moments to kill at, counted in work done rather than in time.
record Seed(long value) {

  static Seed announced(String test) {
    String given = System.getenv("TERCET_SEED");
    Seed seed =
        new Seed(given == null ? RandomGenerator.getDefault().nextLong() : Long.parseLong(given));
    System.out.println(test + ": TERCET_SEED=" + seed.value + " repeats this");
    return seed;
  }

  RandomGenerator generator() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(value);
  }
}
