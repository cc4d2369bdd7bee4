package io.tercet.chat.replicas;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/// Where the chance comes from. `TERCET_SEED` repeats one seed; `CHAOS_SEEDS` says how many follow
/// each other otherwise.
final class Seeds {

  private static final int DEFAULT = 10;

  private Seeds() {}

  static List<Long> chosen() {
    String one = System.getenv("TERCET_SEED");
    if (one != null) {
      return List.of(Long.parseLong(one));
    }
    String count = System.getenv("CHAOS_SEEDS");
    long first = RandomGenerator.getDefault().nextInt(1, 1_000_000);
    return LongStream.range(first, first + (count == null ? DEFAULT : Integer.parseInt(count)))
        .boxed()
        .toList();
  }

  static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
