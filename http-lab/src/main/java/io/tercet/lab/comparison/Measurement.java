package io.tercet.lab.comparison;

import io.tercet.lab.proc.ProcessUsage;
import io.tercet.lab.proc.TcpStates;

/// What was measured of one model under one scenario.
///
/// @param load what clients got
/// @param usage of the server while it was measured
/// @param idle usage of the same server, warm, before any of this workload
/// @param during the kernel's connections while it was measured
/// @param after the kernel's connections after all were closed, without those from before
public record Measurement(
    LoadSummary load, ProcessUsage usage, ProcessUsage idle, TcpStates during, TcpStates after)
    implements Trial.Outcome {

  /// What clients got.
  ///
  /// @param connected clients that had a connection when measuring began
  /// @param seconds that were measured
  /// @param answered requests with 200
  /// @param failed requests answered otherwise, and connections that broke or could not be opened
  /// @param starved requests that waited during the whole measurement
  /// @param bytes received
  /// @param times of responses
  /// @param serverCpuMillis processor time of the server meanwhile
  /// @param clientBusy share of one core for each thread of the load, from 0 to 1
  public record LoadSummary(
      int connected,
      double seconds,
      long answered,
      long failed,
      long starved,
      long bytes,
      Percentiles times,
      long serverCpuMillis,
      double clientBusy) {}

  /// Response times in milliseconds: 50, 99 and 99.9 % of the responses did not take longer.
  public record Percentiles(double p50, double p99, double p999) {}

  /// Requests answered in a second.
  public double perSecond() {
    return load.seconds() > 0 ? load.answered() / load.seconds() : 0;
  }

  /// Mebibytes received in a second.
  public double mebibytesPerSecond() {
    return load.seconds() > 0 ? load.bytes() / load.seconds() / (1024 * 1024) : 0;
  }

  /// Processor time of the server for one request, in microseconds; NaN if none was answered.
  public double cpuMicros() {
    return load.answered() > 0 ? load.serverCpuMillis() * 1000.0 / load.answered() : Double.NaN;
  }

  /// Memory that came with the connections, in KiB for each; what noise makes negative is 0.
  public double memoryKibPerConnection() {
    return Math.max(0, each(usage.memoryKib() - idle.memoryKib()));
  }

  /// Threads that came with the connections, for each.
  public double threadsPerConnection() {
    return Math.max(0, each(usage.threads() - idle.threads()));
  }

  /// Descriptors that came with the connections, for each.
  public double descriptorsPerConnection() {
    return Math.max(0, each(usage.descriptors() - idle.descriptors()));
  }

  private double each(long more) {
    return load.connected() > 0 ? (double) more / load.connected() : 0;
  }
}
