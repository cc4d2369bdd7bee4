package io.tercet.chat.hint;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners of this replica. They publish hints themselves, so they are looked up when the
/// first hint comes. One that fails keeps no hint from the others. Threading: any thread.
final class HintListeners {

  private static final Logger log = LoggerFactory.getLogger(HintListeners.class);

  private final Supplier<List<HintListener>> lookup;
  private volatile @Nullable List<HintListener> found;

  HintListeners(Supplier<List<HintListener>> lookup) {
    this.lookup = lookup;
  }

  void tell(Hint hint) {
    List<HintListener> listeners = found;
    if (listeners == null) {
      listeners = lookup.get();
      found = listeners;
    }
    for (HintListener listener : listeners) {
      try {
        listener.heard(hint);
      } catch (RuntimeException e) {
        log.error("hint not handled: {}", hint, e);
      }
    }
  }
}
