package io.tercet.http.connection;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// How long a connection may wait for what, and how many requests it may make.
///
/// @param header from the first byte of a head to its last; past it 408
/// @param body from the end of a head to the end of its body; past it 408
/// @param idle without the begin of a request; past it the connection is closed
/// @param write without the client taking a byte of a response; past it the connection is closed
/// @param linger for the client to read the last response and close, when it may still be sending
/// @param bodyRateMin bytes of a body that must come each second after the grace, on average; below
///     it 408. 0 for any rate
/// @param bodyGrace from the end of a head, how long the rate does not count
/// @param requestsMax requests answered on one connection; the last one says `Connection: close`
public record ConnectionLimits(
    Duration header,
    Duration body,
    Duration idle,
    Duration write,
    Duration linger,
    int bodyRateMin,
    Duration bodyGrace,
    int requestsMax) {
  /// 10 s, 30 s, 60 s, 30 s, 2 s, 512 bytes/s after 10 s, 100,000 requests.
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          512,
          Duration.ofSeconds(10),
          100_000);

  /// Rejects limits that would end every connection at once.
  public ConnectionLimits {
    for (Duration each : new Duration[] {header, body, idle, write, linger, bodyGrace}) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("not a time to wait: " + each);
      }
    }
    if (bodyRateMin < 0) {
      throw new IllegalArgumentException("not a rate: " + bodyRateMin);
    }
    if (requestsMax < 1) {
      throw new IllegalArgumentException("no request at all: " + requestsMax);
    }
  }

  /// The same times, for so many requests on one connection.
  ConnectionLimits withRequestsMax(int requests) {
    return new ConnectionLimits(
        header, body, idle, write, linger, bodyRateMin, bodyGrace, requests);
  }

  /// The shortest time: how often deadlines must be checked.
  public Duration shortest() {
    return Collections.min(List.of(header, body, idle, write, linger, bodyGrace));
  }
}
