package io.tercet.gateway.limit;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The connections whose clients do not read what was written to them, and the memory that they
/// hold. Past `bytesMax` the gateway closes some: of the network that holds most, those that have
/// not read for longest. A slow client that reads leaves this list each time it has read enough.
///
/// Guarded by `lock`.
final class UnreadConnections {

  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ClientNetwork, Unread> networks = new LinkedHashMap<>();
  private long bytes;

  UnreadConnections(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// The client of `connection` stopped reading while `unsent` bytes wait for it.
  ///
  /// @return how many connections were closed
  int add(ClientNetwork network, Channel connection, long unsent) {
    List<Channel> toClose = new ArrayList<>();
    lock.lock();
    try {
      networks.computeIfAbsent(network, _ -> new Unread()).add(connection, unsent);
      bytes += unsent;
      while (bytes > bytesMax) {
        var most = most();
        var longest = most.getValue().connections.firstEntry().getKey();
        toClose.add(longest);
        forget(most.getKey(), longest);
      }
    } finally {
      lock.unlock();
    }
    for (var unread : toClose) {
      var _ = unread.close();
    }
    return toClose.size();
  }

  /// The client reads again, or the connection has ended.
  void remove(ClientNetwork network, Channel connection) {
    lock.lock();
    try {
      forget(network, connection);
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  private Map.Entry<ClientNetwork, Unread> most() {
    return networks.entrySet().stream()
        .max(Comparator.comparingLong(entry -> entry.getValue().bytes))
        .orElseThrow();
  }

  private void forget(ClientNetwork network, Channel connection) {
    var unread = networks.get(network);
    if (unread == null) {
      return;
    }
    bytes -= unread.remove(connection);
    if (unread.connections.isEmpty()) {
      networks.remove(network);
    }
  }

  /// Those of one network, the one that has not read for longest first.
  private static final class Unread {

    private final LinkedHashMap<Channel, Long> connections = new LinkedHashMap<>();
    private long bytes;

    void add(Channel connection, long unsent) {
      connections.putLast(connection, unsent);
      bytes += unsent;
    }

    long remove(Channel connection) {
      var unsent = connections.remove(connection);
      if (unsent == null) {
        return 0;
      }
      bytes -= unsent;
      return unsent;
    }
  }
}
