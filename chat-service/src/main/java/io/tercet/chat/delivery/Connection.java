package io.tercet.chat.delivery;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.session.SessionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One open connection of somebody, and the rooms that it listens to.
///
/// Threading: subscriptions are changed by the connection's own frames, one at a time, and removed
/// by anybody.
public final class Connection {

  private final Person person;
  private final SessionId sessionId;
  private final OutboundChannel wire;
  private final SendQueue sendQueue;
  private final Map<RoomId, Subscription> subscriptions = new ConcurrentHashMap<>();

  Connection(Person person, SessionId sessionId, OutboundChannel wire, DeliverySettings settings) {
    this.person = person;
    this.sessionId = sessionId;
    this.wire = wire;
    this.sendQueue = new SendQueue(wire, settings);
  }

  /// Whose it is.
  public Person person() {
    return person;
  }

  /// The session that it lives by.
  public SessionId sessionId() {
    return sessionId;
  }

  SendQueue sendQueue() {
    return sendQueue;
  }

  Map<RoomId, Subscription> subscriptions() {
    return subscriptions;
  }

  /// Closes it from our side; nothing happens if it is closed already.
  public void close(CloseReason reason) {
    if (sendQueue.close()) {
      wire.close(reason);
    }
  }
}
