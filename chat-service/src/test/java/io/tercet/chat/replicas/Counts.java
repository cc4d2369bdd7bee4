package io.tercet.chat.replicas;

import io.tercet.chat.history.Event;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How often each kind of event happened.
record Counts(Map<String, Long> byKind) {

  static Counts of(List<Event> events) {
    return new Counts(
        events.stream()
            .collect(Collectors.groupingBy(Counts::kind, TreeMap::new, Collectors.counting())));
  }

  private static String kind(Event event) {
    String kind = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return event instanceof Event.Refused refused ? kind + " " + refused.problem() : kind;
  }

  @Override
  public String toString() {
    return byKind.entrySet().stream()
        .map(kind -> kind.getValue() + " " + kind.getKey())
        .collect(Collectors.joining(", "));
  }
}
