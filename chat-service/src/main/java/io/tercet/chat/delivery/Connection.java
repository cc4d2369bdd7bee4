package io.tercet.chat.delivery;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.session.SessionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One open connection of a person, and its subscriptions to rooms.
///
/// Threading: the connection's own frames add subscriptions, one at a time; any thread may remove
/// one.
public final class Connection {

  private final Person person;
  private final SessionId sessionId;
  private final OutboundChannel channel;
  private final SendQueue sendQueue;
  private final Map<RoomId, Subscription> subscriptions = new ConcurrentHashMap<>();

  Connection(
      Person person, SessionId sessionId, OutboundChannel channel, DeliverySettings settings) {
    this.person = person;
    this.sessionId = sessionId;
    this.channel = channel;
    this.sendQueue = new SendQueue(channel, settings);
  }

  /// The person who opened it.
  public Person person() {
    return person;
  }

  /// The session that it depends on.
  public SessionId sessionId() {
    return sessionId;
  }

  SendQueue sendQueue() {
    return sendQueue;
  }

  Map<RoomId, Subscription> subscriptions() {
    return subscriptions;
  }

  /// Closes the connection, unless it is closed already.
  public void close(CloseReason reason) {
    if (sendQueue.close()) {
      channel.close(reason);
    }
  }
}
