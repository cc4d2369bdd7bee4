package io.tercet.http.load;

/// Where one loop writes down what happened.
///
/// Threading: confined to its loop, and handed over when that has ended.
final class Books {
  private final Latencies latencies = new Latencies();
  private boolean counting;
  private boolean asks;
  private boolean ended;
  private int connected;
  private long answered;
  private long refused;
  private long broken;
  private long undialled;
  private long starved;
  private long bytes;
  private long begun;
  private long end;
  private long busyBegun;
  private long busyEnded;

  /// Begins to count.
  void begin(long now, long busyNanos) {
    counting = true;
    begun = now;
    busyBegun = busyNanos;
  }

  /// Counts no more, and asks no more.
  void end(long now, long busyNanos) {
    counting = false;
    asks = false;
    ended = true;
    end = now;
    busyEnded = busyNanos;
  }

  /// Whether clients ask now.
  boolean asks() {
    return asks;
  }

  /// Clients ask from now on.
  void startAsking() {
    asks = true;
  }

  /// Whether clients connect again when a connection has ended.
  boolean connects() {
    return !ended;
  }

  /// When it began to count.
  long begun() {
    return begun;
  }

  int connected() {
    return connected;
  }

  /// Responses that were counted, of any status.
  long responses() {
    return answered + refused;
  }

  void connected(Caller caller) {
    connected += caller.trickles() ? 0 : 1;
  }

  void hungUp(Caller caller) {
    connected -= caller.isConnected() && !caller.trickles() ? 1 : 0;
  }

  void received(int count) {
    bytes += counting ? count : 0;
  }

  void answered(Caller caller, int status, long nanos) {
    if (!counting || caller.trickles()) {
      return;
    }
    if (status == 200) {
      answered++;
      latencies.add(nanos);
    } else {
      refused++;
    }
  }

  void broken(Caller caller) {
    broken += counting && !caller.trickles() ? 1 : 0;
  }

  void undialled() {
    undialled += counting ? 1 : 0;
  }

  /// A request has waited for all of the measurement, and so long in all.
  void starved(long nanos) {
    starved++;
    latencies.add(nanos);
  }

  Tally tally() {
    return new Tally(
        answered,
        refused,
        broken,
        undialled,
        starved,
        bytes,
        latencies,
        end - begun,
        busyEnded - busyBegun);
  }
}
