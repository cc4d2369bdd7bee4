package io.tercet.chat.hint;

/// Hears the hints of all replicas. It must not block: one thread brings the hints of the others.
@FunctionalInterface
public interface HintListener {

  void heard(Hint hint);
}
