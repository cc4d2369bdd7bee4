package io.tercet.chat.hint;

/// Takes hints to every replica of this service, the own one included.
///
/// At most once: a hint may be lost, come twice, or come late. Threading: any thread.
public interface HintBroker {

  /// Tells a hint. The listeners of this replica have heard it when this returns; the others hear
  /// it soon, or never. It does not block and does not throw.
  void publish(Hint hint);
}
