package io.tercet.chat.frame;

import org.jspecify.annotations.Nullable;

/// The position in the log at which a subscription starts.
public sealed interface StartPosition {

  /// After this `seq`; 0 is before the first entry. `epoch` is that of the log in which the client
  /// knows the place, if it says so.
  record After(long seq, @Nullable String epoch) implements StartPosition {}

  /// At the newest `count` entries.
  record Latest(int count) implements StartPosition {}
}
