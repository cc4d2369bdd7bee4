package io.tercet.chat.rate;

/// A bucket of one person or network for one action.
@FunctionalInterface
interface TokenBucket {

  /// Takes a token: 0. If there is none: the nanoseconds until the next one is there.
  long take();
}
