package io.tercet.http.concurrency;

/// What a model does that another does not, for better or worse. Each is a promise that is tested
/// as the rest is.
public enum Trait {
  /// A client that is slow or silent may keep others waiting, until its deadline.
  MAY_STARVE_OTHERS,
  /// Each connection is closed after its first response.
  ONE_REQUEST_PER_CONNECTION,
  /// Each connection holds a platform thread for as long as it lasts.
  THREAD_PER_CONNECTION,
  /// Connections whose descriptor is past 1,023 are refused.
  DESCRIPTORS_TO_1024,
  /// Connections are served by other processes, and what they did is told once a second.
  OTHER_PROCESSES
}
