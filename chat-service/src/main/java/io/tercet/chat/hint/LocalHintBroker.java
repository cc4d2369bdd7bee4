package io.tercet.chat.hint;

/// The broker of a service that has no Valkey: a method call.
///
/// @param isHearing false on a database that other replicas may write, whom this one does not hear
record LocalHintBroker(HintListeners listeners, boolean isHearing) implements HintBroker {

  @Override
  public void publish(Hint hint) {
    listeners.tell(hint);
  }
}
