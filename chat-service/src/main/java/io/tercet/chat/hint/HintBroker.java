package io.tercet.chat.hint;

/// Takes hints to every replica of this service, the own one included.
///
/// At most once: a hint may be lost, come twice, or come late. So each replica also polls a
/// database that others may write. Threading: any thread.
@FunctionalInterface
public interface HintBroker {

  /// Tells a hint. The listeners of this replica have heard it when this returns; the others hear
  /// it soon, or never. It does not block and does not throw.
  void publish(Hint hint);

  /// Tells a hint to the listeners of this replica alone: the others know for themselves.
  default void tellHere(Hint hint) {
    publish(hint);
  }

  /// Whether hints of other replicas, if there are any, arrive now, as far as this one can tell.
  default boolean isHearing() {
    return true;
  }
}
