package io.tercet.chat.history;

import java.util.ArrayList;
import java.util.List;

/// Everything that all clients did and got, in one order: what was over before something else began
/// stands before it.
///
/// Threading: any thread.
public final class History {

  private final List<Event> events = new ArrayList<>();
  private int numbers;

  /// Adds an event that happens now: what a client does before it does it, what it gets after it
  /// got it.
  public synchronized void add(Event event) {
    events.add(event);
  }

  /// The number of a subscription or a reading that begins.
  public synchronized int newNumber() {
    return ++numbers;
  }

  /// All events until now.
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }
}
