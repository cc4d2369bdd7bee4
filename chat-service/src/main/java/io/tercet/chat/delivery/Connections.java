package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.OutboundChannel;
import io.tercet.chat.delivery.outbound.OutboundSettings;
import io.tercet.chat.delivery.outbound.SendBudget;
import io.tercet.chat.delivery.outbound.SendQueue;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.session.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// All open connections, by person, and the budget of what waits to be sent to them.
///
/// - Bounds: [DeliverySettings#connectionsMax], [DeliverySettings#connectionsPerPersonMax] and
///   [DeliverySettings#connectionsPerNetworkMax].
/// - Threading: any thread. The lock is innermost; readers need none.
@Component
public class Connections {

  private final DeliverySettings settings;
  private final OutboundSettings outbound;
  private final DeliveryMetrics metrics;
  private final SendBudget budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<PersonId, OfPerson> byPerson = new ConcurrentHashMap<>();
  private final Map<String, Integer> byNetwork = new HashMap<>();
  private int count;
  private boolean accepting = true;

  /// The connections of one person, and their part of the budget. The list never changes.
  private record OfPerson(SendBudget budget, List<Connection> connections) {

    OfPerson with(Connection connection) {
      List<Connection> more = new ArrayList<>(connections);
      more.add(connection);
      return new OfPerson(budget, List.copyOf(more));
    }

    OfPerson without(Connection connection) {
      List<Connection> fewer = new ArrayList<>(connections);
      fewer.remove(connection);
      return new OfPerson(budget, List.copyOf(fewer));
    }
  }

  Connections(DeliverySettings settings, OutboundSettings outbound, DeliveryMetrics metrics) {
    this.settings = settings;
    this.outbound = outbound;
    this.metrics = metrics;
    this.budget = SendBudget.of(outbound.unsentAllMax().toBytes());
    metrics.watchUnsent(budget::used);
  }

  /// Says whether new connections are accepted.
  void accept(boolean accepting) {
    lock.lock();
    try {
      this.accepting = accepting;
    } finally {
      lock.unlock();
    }
  }

  /// Adds a connection. It is closed with `OVERLOADED` if there are too many of all, of the person
  /// or from the network, or if none is accepted.
  Connection open(Person person, SessionId sessionId, String network, OutboundChannel channel) {
    Connection connection;
    lock.lock();
    try {
      OfPerson before = byPerson.get(person.personId());
      if (before == null) {
        before = new OfPerson(budget.share(outbound.unsentPersonMax().toBytes()), List.of());
      }
      SendQueue queue = new SendQueue(channel, outbound, before.budget());
      connection = new Connection(person, sessionId, network, channel, queue);
      if (accepting
          && count < settings.connectionsMax()
          && before.connections().size() < settings.connectionsPerPersonMax()
          && byNetwork.getOrDefault(network, 0) < settings.connectionsPerNetworkMax()) {
        byPerson.put(person.personId(), before.with(connection));
        byNetwork.merge(network, 1, Integer::sum);
        metrics.sockets(++count);
        return connection;
      }
    } finally {
      lock.unlock();
    }
    connection.close(CloseReason.OVERLOADED);
    return connection;
  }

  /// Removes a connection. Safe to call again.
  void remove(Connection connection) {
    PersonId personId = connection.person().personId();
    lock.lock();
    try {
      OfPerson before = byPerson.get(personId);
      if (before == null || !before.connections().contains(connection)) {
        return;
      }
      OfPerson after = before.without(connection);
      if (after.connections().isEmpty()) {
        byPerson.remove(personId);
      } else {
        byPerson.put(personId, after);
      }
      byNetwork.computeIfPresent(connection.network(), (network, n) -> n == 1 ? null : n - 1);
      metrics.sockets(--count);
    } finally {
      lock.unlock();
    }
  }

  /// The connections of a person.
  public List<Connection> of(PersonId personId) {
    OfPerson known = byPerson.get(personId);
    return known == null ? List.of() : known.connections();
  }

  /// Visits every connection that is there all the time; others perhaps.
  public void forEach(Consumer<Connection> visitor) {
    byPerson.values().forEach(known -> known.connections().forEach(visitor));
  }

  /// The budget of everything that waits to be sent.
  SendBudget budget() {
    return budget;
  }

  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }
}
