package io.tercet.chat.rate;

import io.github.bucket4j.ConsumptionProbe;

/// The token buckets that all replicas share.
interface SharedBuckets {

  /// Whose bucket of what it is, and its rate; another rate is another bucket.
  record Key(Action action, Object owner, long atOnce, long perMinute) {}

  /// Whether there are shared buckets at all.
  boolean isShared();

  /// Takes so many tokens or none. Throws a [RuntimeException] if there is no answer within
  /// [RateSettings#sharedWaitMax].
  ConsumptionProbe take(Key key, long tokens);

  /// How many replicas there were when they last heard from each other; at least 1.
  int replicas();
}
