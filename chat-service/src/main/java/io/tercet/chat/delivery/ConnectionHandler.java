package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.OutboundChannel;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.log.LogEpoch;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageRules;
import io.tercet.chat.room.PostResult;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.session.SessionId;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Handles the life of each connection and its frames: subscribe, post, read the history.
///
/// - Threading: a door passes the frames of one connection one at a time, on a thread that may
///   block. Connections are independent of each other.
/// - Errors: a refused frame gets an `error` frame; nothing is thrown.
@Component
public class ConnectionHandler {

  private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

  private final Rooms rooms;
  private final Fanout fanout;
  private final Connections connections;
  private final FrameWriter frames;
  private final MessagePages history;
  private final LogEpoch epoch;
  private final InstantSource clock;

  ConnectionHandler(
      Rooms rooms,
      Fanout fanout,
      Connections connections,
      FrameWriter frames,
      MessagePages history,
      LogEpoch epoch,
      InstantSource clock) {
    this.rooms = rooms;
    this.fanout = fanout;
    this.connections = connections;
    this.frames = frames;
    this.history = history;
    this.epoch = epoch;
    this.clock = clock;
  }

  /// Opens a connection and sends `welcome`; one too many is closed with `OVERLOADED`. `network` is
  /// the client's address, or the range that counts as one.
  public Connection open(
      Person person, SessionId sessionId, String network, OutboundChannel channel) {
    Connection connection = connections.open(person, sessionId, network, channel);
    send(
        connection,
        new ServerFrame.Welcome(
            person,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            MessageRules.TEXT_CHARACTERS_MAX,
            rooms.editTime(),
            epoch.value()));
    return connection;
  }

  /// Ends the subscriptions of a connection that closed, from either side. Safe to call again.
  public void closed(Connection connection) {
    connection.sendQueue().ended();
    connections.remove(connection);
    fanout.endAll(connection);
  }

  /// Handles one frame.
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
        case ClientFrame.History page -> history.send(connection, page);
        case ClientFrame.Ping ping -> send(connection, new ServerFrame.Pong(ping.requestId()));
      }
    } catch (RuntimeException e) {
      refuse(connection, frame.requestId(), e);
    }
  }

  /// Answers a frame that cannot be handled.
  public void refuse(Connection connection, @Nullable String requestId, ProblemException problem) {
    send(connection, new ServerFrame.Failure(requestId, problem));
  }

  private void subscribe(Connection connection, ClientFrame.Subscribe subscribe) {
    RoomId roomId = subscribe.roomId();
    // The channel knows the subscription before membership is checked: a person who leaves after
    // the check is found there, and the subscription ends.
    Subscription subscription = fanout.subscribe(roomId, connection);
    Room room;
    try {
      room = member(roomId, connection.person());
    } catch (RuntimeException e) {
      subscription.channel.end(subscription);
      throw e;
    }
    long last = room.lastSeq();
    long after = after(subscribe.position(), last);
    Subscription replaced = connection.subscriptions().put(roomId, subscription);
    ByteBuffer subscribed =
        frames.write(new ServerFrame.Subscribed(subscribe.requestId(), roomId, after, last));
    if (!subscription.channel.arrive(subscription, replaced, last, after + 1, subscribed)) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
    fanout.start(subscription);
    if (connection.sendQueue().isClosed()) {
      // The connection closed meanwhile, and closed() may have missed this subscription.
      closed(connection);
    }
  }

  /// Where the subscription starts. A place in another log, as before a backup was restored, is no
  /// place in this one: the client gets all of it.
  private long after(StartPosition position, long last) {
    return switch (position) {
      case StartPosition.After(long seq, String known) ->
          seq <= last && (known == null || epoch.is(known)) ? seq : 0;
      case StartPosition.Latest(int count) -> Math.max(0, last - count);
    };
  }

  private static void unsubscribe(Connection connection, RoomId roomId) {
    Subscription subscription = connection.subscriptions().get(roomId);
    if (subscription != null) {
      subscription.channel.end(subscription);
    }
  }

  private void post(Connection connection, ClientFrame.Post post) {
    var _ =
        rooms
            .post(
                post.roomId(),
                connection.person(),
                post.clientMessageId(),
                post.text(),
                post.replyTo(),
                post.files())
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

  private Room member(RoomId roomId, Person person) {
    Room room = rooms.get(roomId, person.personId());
    if (!room.member()) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
    return room;
  }

  private void refuse(Connection connection, String requestId, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ProblemException refusal) {
      // The same rule is broken by a request over HTTP and by a frame here.
      refuse(
          connection,
          requestId,
          refusal.type() == ProblemType.INVALID_REQUEST
              ? new ProblemException(ProblemType.INVALID_FRAME, refusal.detail())
              : refusal);
    } else {
      log.error("frame failed: requestId={}", requestId, cause);
      refuse(connection, requestId, new ProblemException(ProblemType.INTERNAL_ERROR));
    }
  }

  private void send(Connection connection, ServerFrame frame) {
    connection.sendQueue().send(frames.write(frame));
  }
}
