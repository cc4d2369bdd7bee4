package io.tercet.chat.hint;

/// Hears the hints of all replicas. It must not block.
@FunctionalInterface
public interface HintListener {

  void heard(Hint hint);
}
