package io.tercet.chat.delivery;

/// The subscription of one connection to one room.
///
/// It starts while membership is checked, then catches up from the log, then is live. It ends once:
/// at the latest with the entry by which its person leaves the room after [#memberSeq]. Guarded by
/// the lock of its [RoomChannel].
final class Subscription {

  /// Entries in the first page of a catch-up; later pages are larger if entries are small.
  private static final int FIRST_PAGE_ENTRIES = 16;

  enum State {
    STARTING,
    CATCHING_UP,
    LIVE,
    ENDED
  }

  final RoomChannel channel;
  final Connection connection;

  /// The newest `seq` of the room when membership was checked. In `STARTING` it is that of the
  /// person's leaving, if the channel heard of one.
  long memberSeq;

  /// The `seq` that the connection gets next. Only the catch-up changes it in `CATCHING_UP`.
  long nextSeq;

  /// A `seq` up to which the log is said to reach since the catch-up began. It may be wrong.
  long heardSeq;

  /// Entries that the catch-up asks for. Only its turns use it.
  int pageEntries = FIRST_PAGE_ENTRIES;

  State state = State.STARTING;

  Subscription(RoomChannel channel, Connection connection) {
    this.channel = channel;
    this.connection = connection;
  }
}
