package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.OutboundChannel;
import io.tercet.chat.delivery.outbound.SendQueue;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.session.SessionId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One open connection of a person, and its subscriptions to rooms.
///
/// Threading: the connection's own frames add subscriptions, one at a time; any thread may remove
/// one. The queue of catch-ups has the connection's monitor, which is innermost.
public final class Connection {

  private volatile Person person;
  private final SessionId sessionId;
  private final String network;
  private final OutboundChannel channel;
  private final SendQueue sendQueue;
  private final Map<RoomId, Subscription> subscriptions = new ConcurrentHashMap<>(1);

  /// The subscriptions that read the log; null while none does.
  private @Nullable Queue<Subscription> catchUps;

  Connection(
      Person person,
      SessionId sessionId,
      String network,
      OutboundChannel channel,
      SendQueue sendQueue) {
    this.person = person;
    this.sessionId = sessionId;
    this.network = network;
    this.channel = channel;
    this.sendQueue = sendQueue;
  }

  /// The person who opened it.
  public Person person() {
    return person;
  }

  /// The person is called otherwise from now on.
  void rename(Person renamed) {
    person = renamed;
  }

  /// The session that it depends on.
  public SessionId sessionId() {
    return sessionId;
  }

  /// The address that it comes from, or the range that counts as one.
  String network() {
    return network;
  }

  /// Queues a frame that is no entry. A connection that does not read it is closed.
  public void send(ByteBuffer frame) {
    sendQueue.send(frame);
  }

  SendQueue sendQueue() {
    return sendQueue;
  }

  Map<RoomId, Subscription> subscriptions() {
    return subscriptions;
  }

  /// Queues a subscription that must read the log; true if no other did.
  synchronized boolean addCatchUp(Subscription subscription) {
    boolean first = catchUps == null;
    if (catchUps == null) {
      catchUps = new ArrayDeque<>(1);
    }
    catchUps.add(subscription);
    return first;
  }

  /// The subscription whose turn it is to read a page; null ends the turns.
  synchronized @Nullable Subscription takeCatchUp() {
    Subscription next = catchUps == null ? null : catchUps.poll();
    if (next == null) {
      catchUps = null;
    }
    return next;
  }

  /// Closes the connection, unless it is closed already.
  public void close(CloseReason reason) {
    if (sendQueue.close()) {
      channel.close(reason);
    }
  }

  /// Ends the connection without a word.
  void abort() {
    sendQueue.close();
    channel.abort();
  }
}
