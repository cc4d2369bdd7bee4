package io.tercet.system.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A block of free TCP ports below the kernel's ephemeral range, so that no outgoing connection of
/// ours takes one between the look and the use.
record Ports(int first) {

  static final int COUNT = 20;

  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 31_000;
  private static final int ATTEMPTS = 100;

  static Ports free() {
    return RandomGenerator.getDefault()
        .ints(ATTEMPTS, LOWEST, HIGHEST)
        .filter(first -> IntStream.range(first, first + COUNT).allMatch(Ports::isFree))
        .mapToObj(Ports::new)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no block of " + COUNT + " free ports"));
  }

  int at(int offset) {
    return first + offset;
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
