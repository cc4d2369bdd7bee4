package io.tercet.http.concurrency;

/// What a model does that others do not, for better or worse. The contract of the models tests
/// each.
public enum Trait {
  /// A slow or silent client may keep others waiting, until its deadline.
  MAY_STARVE_OTHERS,
  /// Each connection is closed after its first response.
  ONE_REQUEST_PER_CONNECTION,
  /// Each connection holds a platform thread for as long as it lasts.
  THREAD_PER_CONNECTION,
  /// Connections whose descriptor is past 1,023 are refused.
  DESCRIPTORS_TO_1024,
  /// Other processes serve the connections, and report what they did once a second.
  OTHER_PROCESSES
}
