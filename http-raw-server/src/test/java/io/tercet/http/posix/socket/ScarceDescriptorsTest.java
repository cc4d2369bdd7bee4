package io.tercet.http.posix.socket;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.posix.Libc;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is left open where the system has not a descriptor for everything that a poller needs.
@Timeout(60)
class ScarceDescriptorsTest {
  private static final int RLIMIT_NOFILE = 7;

  /// More than any poller needs.
  private static final int ENOUGH = 8;

  private static final CFunction LIMIT = Libc.function("prlimit");
  private static final CFunction EVENTFD = Libc.function("eventfd");

  private final Network network = new PosixNetwork();

  @ParameterizedTest
  @EnumSource(Network.Kind.class)
  void nothingIsLeftOfAPollerThatCannotBeMade(Network.Kind kind) throws IOException {
    // First without want, so that no class has to be opened where nothing can be.
    assertThat(Errno.describe(Errno.EMFILE)).isEqualTo("too many open files");
    assertThat(leftAfterTrying(kind, ENOUGH)).isEqualTo(ENOUGH);
    for (int free = 0; free < ENOUGH; free++) {
      assertThat(leftAfterTrying(kind, free)).isEqualTo(free);
    }
  }

  /// How many descriptors there are after a poller was made, or not, with so many, and closed.
  private int leftAfterTrying(Network.Kind kind, int free) throws IOException {
    List<Integer> taken = new ArrayList<>();
    long usual = limit(highest() + 2L * ENOUGH);
    try {
      takeAll(taken);
      for (int i = 0; i < free; i++) {
        Descriptor.close(taken.removeLast());
      }
      try {
        network.poller(kind).close();
      } catch (IllegalStateException tooFew) {
        assertThat(tooFew).hasMessageEndingWith("too many open files");
      }
      int before = taken.size();
      takeAll(taken);
      return taken.size() - before;
    } finally {
      limit(usual);
      taken.forEach(Descriptor::close);
    }
  }

  private static void takeAll(List<Integer> taken) {
    int fd = EVENTFD.callChecked(0, 0);
    while (fd >= 0) {
      taken.add(fd);
      fd = EVENTFD.callChecked(0, 0);
    }
    assertThat(fd).isEqualTo(-Errno.EMFILE);
  }

  /// The largest descriptor of this process.
  private static int highest() throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .mapToInt(each -> Integer.parseInt(each.getFileName().toString()))
          .max()
          .orElseThrow();
    }
  }

  /// Lets this process have only descriptors below this one: prlimit(2). Returns what it was
  /// before.
  private static long limit(long descriptors) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment before = arena.allocate(16, 8);
      assertThat(LIMIT.callChecked(0, RLIMIT_NOFILE, 0, before.address())).isZero();
      MemorySegment limits = arena.allocate(16, 8).copyFrom(before);
      limits.set(JAVA_LONG, 0, descriptors);
      assertThat(LIMIT.callChecked(0, RLIMIT_NOFILE, limits.address(), 0)).isZero();
      return before.get(JAVA_LONG, 0);
    }
  }
}
