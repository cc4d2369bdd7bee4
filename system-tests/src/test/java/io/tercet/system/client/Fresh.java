package io.tercet.system.client;

import java.util.random.RandomGenerator;

/// Names that nobody has used on this stack, however often the tests ran against it.
public final class Fresh {

  private Fresh() {}

  /// The stem with an ending that is new: `ada-3f9k2c`.
  public static String name(String stem) {
    int ending = RandomGenerator.getDefault().nextInt(36 * 36 * 36 * 36 * 36);
    return stem + "-" + Integer.toString(ending, 36);
  }
}
