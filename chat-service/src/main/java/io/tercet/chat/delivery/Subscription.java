package io.tercet.chat.delivery;

/// One connection's place in one room: it reads the log until it has caught up, then it is live.
///
/// `next` is the `seq` that it needs next. Both fields are guarded by the lock of the
/// [RoomChannel]; while it is not live, only its catch-up moves `next`.
final class Subscription {

  final Connection connection;
  long next;
  boolean live;
  boolean ended;

  Subscription(Connection connection) {
    this.connection = connection;
  }
}
