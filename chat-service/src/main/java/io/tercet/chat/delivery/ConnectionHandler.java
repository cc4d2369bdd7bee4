package io.tercet.chat.delivery;

import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageRules;
import io.tercet.chat.room.PostResult;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.session.SessionId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Carries out what open connections ask: listening to rooms, saying something, reading back.
///
/// - Threading: frames of one connection come one at a time, on a thread that may wait; connections
///   are independent of each other. A catch-up has a virtual thread of its own and goes as fast as
///   the connection reads.
/// - Errors: what is refused is answered with an `error` frame; nothing is thrown.
@Component
public class ConnectionHandler {

  private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

  private final Rooms rooms;
  private final Fanout fanout;
  private final Connections connections;
  private final FrameWriter frames;
  private final DeliverySettings settings;
  private final DeliveryMetrics figures;
  private final InstantSource clock;

  ConnectionHandler(
      Rooms rooms,
      Fanout fanout,
      Connections connections,
      FrameWriter frames,
      DeliverySettings settings,
      DeliveryMetrics figures,
      InstantSource clock) {
    this.rooms = rooms;
    this.fanout = fanout;
    this.connections = connections;
    this.frames = frames;
    this.settings = settings;
    this.figures = figures;
    this.clock = clock;
    fanout.whenSlow(this::attendToSlow);
  }

  /// Takes a new connection and welcomes it; one too many is closed with `OVERLOADED`.
  public Connection open(Person person, SessionId sessionId, OutboundChannel wire) {
    Connection connection = new Connection(person, sessionId, wire, settings);
    if (connections.add(connection)) {
      send(
          connection,
          new ServerFrame.Welcome(
              person,
              clock.instant().truncatedTo(ChronoUnit.MILLIS),
              MessageRules.TEXT_CHARACTERS_MAX));
    } else {
      connection.close(CloseReason.OVERLOADED);
    }
    return connection;
  }

  /// Forgets a connection that closed, from either side. Safe to call again.
  public void closed(Connection connection) {
    connection.outbox().close();
    connections.remove(connection);
    for (RoomId roomId : List.copyOf(connection.subscriptions().keySet())) {
      unsubscribe(connection, roomId);
    }
  }

  /// Carries out one frame.
  public void receive(Connection connection, ClientFrame frame) {
    try {
      switch (frame) {
        case ClientFrame.Subscribe subscribe -> subscribe(connection, subscribe);
        case ClientFrame.Unsubscribe unsubscribe -> {
          unsubscribe(connection, unsubscribe.roomId());
          send(
              connection,
              new ServerFrame.Unsubscribed(unsubscribe.requestId(), unsubscribe.roomId()));
        }
        case ClientFrame.Post post -> post(connection, post);
        case ClientFrame.History history -> history(connection, history);
        case ClientFrame.Ping ping -> send(connection, new ServerFrame.Pong(ping.requestId()));
      }
    } catch (RuntimeException e) {
      refuse(connection, frame.requestId(), e);
    }
  }

  /// Answers what is not a frame that can be carried out.
  public void refuse(
      Connection connection, @Nullable String requestId, ProblemType problem, String detail) {
    send(connection, new ServerFrame.Failure(requestId, problem, detail));
  }

  private void subscribe(Connection connection, ClientFrame.Subscribe subscribe) {
    RoomId roomId = subscribe.roomId();
    if (!connection.subscriptions().containsKey(roomId)
        && connection.subscriptions().size() >= settings.subscriptionsMax()) {
      throw new ProblemException(
          ProblemType.TOO_MANY_SUBSCRIPTIONS,
          "One socket listens to at most " + settings.subscriptionsMax() + " rooms.");
    }
    Subscription subscription = new Subscription(connection);
    // Listening begins before membership is checked: whoever leaves after the check is found here.
    RoomChannel channel = fanout.listen(roomId, subscription);
    Room room;
    try {
      room = member(roomId, connection.person());
    } catch (RuntimeException e) {
      channel.discard(subscription);
      fanout.tidy(roomId);
      throw e;
    }
    start(channel, subscription, subscribe, room.lastSeq());
  }

  private void start(
      RoomChannel channel, Subscription subscription, ClientFrame.Subscribe subscribe, long last) {
    Connection connection = subscription.connection;
    long after =
        switch (subscribe.place()) {
          case StartPosition.After(long seq) -> Math.min(seq, last);
          case StartPosition.Latest(int count) -> Math.max(0, last - count);
        };
    subscription.next = after + 1;
    List<Person> here =
        channel.arrive(
            subscription,
            frames.write(new ServerFrame.Arrived(channel.roomId, connection.person())),
            settings.hereMax());
    Subscription old = connection.subscriptions().put(channel.roomId, subscription);
    if (old != null) {
      fanout.end(channel, old);
    }
    send(
        connection, new ServerFrame.Subscribed(subscribe.requestId(), channel.roomId, after, last));
    send(connection, new ServerFrame.Presence(channel.roomId, here));
    startCatchUp(channel, subscription);
    if (connection.outbox().isClosed()) {
      // It closed while we were at it, and may have been tidied up before it was here.
      closed(connection);
    }
  }

  private void unsubscribe(Connection connection, RoomId roomId) {
    Subscription subscription = connection.subscriptions().remove(roomId);
    RoomChannel channel = fanout.channel(roomId);
    if (subscription != null && channel != null) {
      fanout.end(channel, subscription);
    }
  }

  private void post(Connection connection, ClientFrame.Post post) {
    var _ =
        rooms
            .post(post.roomId(), connection.person(), post.clientMessageId(), post.text())
            .whenComplete((posted, failure) -> answer(connection, post, posted, failure));
  }

  private void answer(
      Connection connection,
      ClientFrame.Post post,
      @Nullable PostResult posted,
      @Nullable Throwable failure) {
    if (posted != null) {
      send(
          connection,
          new ServerFrame.Acknowledged(
              post.requestId(),
              post.roomId(),
              post.clientMessageId(),
              posted.seq(),
              posted.sentAt()));
    } else if (failure != null) {
      refuse(connection, post.requestId(), failure);
    }
  }

  private void history(Connection connection, ClientFrame.History history) {
    member(history.roomId(), connection.person());
    if (!connection.outbox().awaitRoom()) {
      return;
    }
    List<Entry> found =
        rooms.entriesBefore(history.roomId(), history.before(), history.limit() + 1);
    boolean more = found.size() > history.limit();
    List<Entry> entries = more ? found.subList(1, found.size()) : found;
    while (true) {
      var frame =
          frames.write(
              new ServerFrame.History(history.requestId(), history.roomId(), entries, more));
      if (frame.remaining() <= settings.messageMaxBytes()) {
        connection.outbox().send(frame);
        return;
      }
      // Long messages: half as many fit, and the client asks for the rest by its `before`.
      entries = entries.subList(entries.size() / 2, entries.size());
      more = true;
    }
  }

  private Room member(RoomId roomId, Person person) {
    Room room = rooms.get(roomId, person.personId());
    if (!room.member()) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
    return room;
  }

  private void startCatchUp(RoomChannel channel, Subscription subscription) {
    Thread.ofVirtual()
        .name("catch-up-" + channel.roomId)
        .start(() -> catchUpOrFallBehind(channel, subscription));
  }

  private void catchUpOrFallBehind(RoomChannel channel, Subscription subscription) {
    try {
      catchUp(channel, subscription);
    } catch (RuntimeException e) {
      log.warn("catch-up failed: roomId={} cause={}", channel.roomId, e.toString());
      fallBehind(channel, subscription);
    }
  }

  /// Reads the log from the subscription's place to its end, then goes live.
  private void catchUp(RoomChannel channel, Subscription subscription) {
    boolean live = false;
    while (!live) {
      List<Entry> page =
          rooms.entriesAfter(channel.roomId, subscription.next - 1, settings.pageEntries());
      if (!page.isEmpty() && !handOver(channel, subscription, page)) {
        return;
      }
      // Only who has seen the end of the log may go live: nothing may have been handed out yet.
      live = page.size() < settings.pageEntries() && channel.goLive(subscription);
    }
  }

  /// Sends a page as fast as the connection takes it; false when the connection closed.
  private boolean handOver(RoomChannel channel, Subscription subscription, List<Entry> page) {
    SendQueue outbox = subscription.connection.outbox();
    for (EncodedEntries piece : frames.write(channel.roomId, page, settings.messageMaxBytes())) {
      do {
        if (!outbox.awaitRoom()) {
          return false;
        }
      } while (!outbox.offer(piece.from(piece.firstSeq())));
      subscription.next = piece.lastSeq() + 1;
      figures.delivered(piece.lastSeq() + 1 - piece.firstSeq());
    }
    return true;
  }

  private void attendToSlow(RoomChannel channel, RoomChannel.Deliveries deliveries) {
    deliveries.gaps.forEach(subscription -> startCatchUp(channel, subscription));
    deliveries.behind.forEach(subscription -> fallBehind(channel, subscription));
  }

  private void fallBehind(RoomChannel channel, Subscription subscription) {
    Connection connection = subscription.connection;
    if (connection.subscriptions().remove(channel.roomId, subscription)) {
      fanout.end(channel, subscription);
      send(connection, new ServerFrame.Behind(channel.roomId, subscription.next - 1));
      log.info(
          "connection fell behind: roomId={} personId={} after={}",
          channel.roomId,
          connection.person().personId(),
          subscription.next - 1);
    }
  }

  private void refuse(Connection connection, String requestId, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ProblemException refusal) {
      // Over HTTP it is a request that cannot be understood, here it is a frame.
      ProblemType type =
          refusal.type() == ProblemType.INVALID_REQUEST
              ? ProblemType.INVALID_FRAME
              : refusal.type();
      refuse(connection, requestId, type, refusal.detail());
    } else {
      log.error("frame failed: requestId={}", requestId, cause);
      refuse(connection, requestId, ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.title());
    }
  }

  private void send(Connection connection, ServerFrame frame) {
    connection.outbox().send(frames.write(frame));
  }
}
