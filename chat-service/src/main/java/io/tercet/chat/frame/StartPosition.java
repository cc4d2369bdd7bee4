package io.tercet.chat.frame;

/// Where in the log a subscription starts.
public sealed interface StartPosition {

  /// Behind this `seq`; 0 is before everything.
  record After(long seq) implements StartPosition {}

  /// With the newest `count` entries.
  record Latest(int count) implements StartPosition {}
}
