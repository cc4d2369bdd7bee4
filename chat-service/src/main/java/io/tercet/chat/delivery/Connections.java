package io.tercet.chat.delivery;

import io.tercet.chat.people.PersonId;
import io.tercet.chat.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/// All open connections, by person. Threading: any thread.
@Component
public class Connections {

  private final Map<PersonId, Set<Connection>> byPerson = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private volatile boolean accepting = true;

  Connections(DeliverySettings settings, DeliveryMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  /// Says whether new connections are accepted.
  void accept(boolean accepting) {
    this.accepting = accepting;
  }

  /// Adds a connection; false if there are too many, or none is accepted.
  boolean add(Connection connection) {
    if (!accepting) {
      return false;
    }
    if (count.incrementAndGet() > settings.connectionsMax()) {
      count.decrementAndGet();
      return false;
    }
    byPerson.compute(
        connection.person().personId(),
        (id, known) -> {
          Set<Connection> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(connection);
          return all;
        });
    metrics.sockets(count.get());
    if (!accepting) {
      // Draining began meanwhile and may have missed this connection.
      remove(connection);
    }
    return accepting;
  }

  void remove(Connection connection) {
    byPerson.computeIfPresent(
        connection.person().personId(),
        (id, known) -> {
          if (known.remove(connection)) {
            metrics.sockets(count.decrementAndGet());
          }
          return known.isEmpty() ? null : known;
        });
  }

  List<Connection> of(PersonId personId) {
    return List.copyOf(byPerson.getOrDefault(personId, Set.of()));
  }

  /// The connections of a session.
  public List<Connection> of(SessionId sessionId) {
    return all().stream().filter(one -> one.sessionId().equals(sessionId)).toList();
  }

  /// All connections; a copy.
  public List<Connection> all() {
    List<Connection> all = new ArrayList<>();
    byPerson.values().forEach(all::addAll);
    return all;
  }

  int count() {
    return count.get();
  }
}
