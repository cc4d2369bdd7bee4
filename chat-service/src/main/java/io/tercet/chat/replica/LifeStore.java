package io.tercet.chat.replica;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps the time of the last heartbeat of each life. A life whose heartbeats stayed away too long
/// is forgotten, and no heartbeat brings it back.
interface LifeStore {

  /// A heartbeat of a life.
  ///
  /// @param life whose heartbeat this is
  /// @param begins whether this is its first one
  /// @param ended a life that ends now, if one does
  record Beat(String life, boolean begins, @Nullable String ended) {}

  /// What is known after a heartbeat.
  ///
  /// @param forgotten whether the life of the heartbeat was forgotten before
  /// @param alive the lives that count now
  record Answer(boolean forgotten, Set<String> alive) {}

  /// Tells a heartbeat. Throws a [RuntimeException] if there is no answer in time.
  Answer tell(Beat beat);
}
