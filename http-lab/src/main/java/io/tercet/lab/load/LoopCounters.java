package io.tercet.lab.load;

/// What one loop counts.
///
/// Threading: confined to its loop, and handed over when the loop has ended.
final class LoopCounters {
  private final LatencyHistogram latencies = new LatencyHistogram();
  private boolean measuring;
  private boolean requesting;
  private boolean ended;
  private int connected;
  private long answered;
  private long errorResponses;
  private long brokenConnections;
  private long failedConnects;
  private long starved;
  private long bytes;
  private long begunAt;
  private long endedAt;
  private long cpuNanosAtBegin;
  private long cpuNanosAtEnd;

  void startRequests() {
    requesting = true;
  }

  void startMeasuring(long now, long cpuNanos) {
    measuring = true;
    begunAt = now;
    cpuNanosAtBegin = cpuNanos;
  }

  /// Nothing is counted after this, and no request is sent.
  void stopMeasuring(long now, long cpuNanos) {
    measuring = false;
    requesting = false;
    ended = true;
    endedAt = now;
    cpuNanosAtEnd = cpuNanos;
  }

  /// Whether clients send requests now.
  boolean isRequesting() {
    return requesting;
  }

  /// Whether clients connect again when a connection has ended.
  boolean isReconnecting() {
    return !ended;
  }

  /// When the measurement began.
  long begunAt() {
    return begunAt;
  }

  /// Clients that have a connection; slow ones are not counted.
  int connected() {
    return connected;
  }

  /// Responses that were counted, of any status.
  long responses() {
    return answered + errorResponses;
  }

  void connected(ClientConnection client) {
    connected += client.isSlow() ? 0 : 1;
  }

  /// The connection of this client is about to be closed.
  void disconnected(ClientConnection client) {
    connected -= client.isConnected() && !client.isSlow() ? 1 : 0;
  }

  void received(int count) {
    bytes += measuring ? count : 0;
  }

  void answered(ClientConnection client, int status, long nanos) {
    if (!measuring || client.isSlow()) {
      return;
    }
    if (status == 200) {
      answered++;
      latencies.add(nanos);
    } else {
      errorResponses++;
    }
  }

  void broken(ClientConnection client) {
    brokenConnections += measuring && !client.isSlow() ? 1 : 0;
  }

  void connectFailed() {
    failedConnects += measuring ? 1 : 0;
  }

  /// A request waited during the whole measurement; it has waited this long by now.
  void starved(long nanos) {
    starved++;
    latencies.add(nanos);
  }

  LoadResult result() {
    return new LoadResult(
        answered,
        errorResponses,
        brokenConnections,
        failedConnects,
        starved,
        bytes,
        latencies,
        endedAt - begunAt,
        cpuNanosAtEnd - cpuNanosAtBegin);
  }
}
