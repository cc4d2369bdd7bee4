package io.tercet.chat.frame;

/// The position in the log at which a subscription starts.
public sealed interface StartPosition {

  /// After this `seq`; 0 is before the first entry.
  record After(long seq) implements StartPosition {}

  /// At the newest `count` entries.
  record Latest(int count) implements StartPosition {}
}
