package io.tercet.chat.delivery;

/// The subscription of one connection to one room.
///
/// It starts while membership is checked, then catches up from the log, then is live. It ends once.
/// Guarded by the lock of its [RoomChannel].
final class Subscription {

  enum State {
    STARTING,
    CATCHING_UP,
    LIVE,
    ENDED
  }

  final RoomChannel channel;
  final Connection connection;

  /// The newest `seq` of the room when membership was checked.
  long memberSeq;

  /// The `seq` that the connection gets next. Only the catch-up changes it in `CATCHING_UP`.
  long nextSeq;

  State state = State.STARTING;

  Subscription(RoomChannel channel, Connection connection) {
    this.channel = channel;
    this.connection = connection;
  }
}
