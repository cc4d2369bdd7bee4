package io.tercet.chat.hint;

import java.util.function.Supplier;
import java.util.stream.Stream;

/// The broker of a service that has one replica: a method call.
final class LocalHintBroker implements HintBroker {

  private final Supplier<Stream<HintListener>> listeners;

  LocalHintBroker(Supplier<Stream<HintListener>> listeners) {
    this.listeners = listeners;
  }

  @Override
  public void publish(Hint hint) {
    listeners.get().forEach(listener -> listener.heard(hint));
  }
}
