package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Who gets a core when more threads want one than there are: sched(7).
///
/// The JVM's compilers work for as long as it runs, most in its first minute. An event loop sleeps
/// thousands of times a second, each time for microseconds; if a compiler gets its core then, the
/// loop waits for the rest of the compiler's slice, which is milliseconds, and with it all of its
/// connections. So compilers are made nicer than those who serve: when a core is wanted by both,
/// they get a tenth of it. And those who serve ask for a short slice, because whoever wakes up
/// interrupts only one whose slice is longer than its own.
///
/// - Needs no privilege. Before Linux 6.12 all slices are alike, and only niceness counts.
/// - Where a system does not let us, or has no such threads, everything stays as it is.
/// - Threading: any.
///
/// Source: sched_setattr(2), setpriority(2); the kernel's documentation of the EEVDF scheduler.
public final class Scheduling {
  /// How much nicer compilers are: each step of niceness is a quarter less of the core.
  static final int NICER_BY = 10;

  /// A slice in nanoseconds: the shortest that the kernel gives.
  static final long SLICE_NANOS = 100_000;

  /// In the place of a niceness.
  static final int UNKNOWN = Integer.MIN_VALUE;

  private static final int NICENESS_MAX = 19;
  private static final Path THREADS = Path.of("/proc/self/task");

  /// How the threads of both compilers are called, as far as the kernel keeps it.
  private static final String COMPILER = " CompilerThre";

  private static final int WHICH_THREAD = 0;
  private static final int POLICY_OTHER = 0;

  /// The first version of `struct sched_attr`.
  private static final int ATTRIBUTES_BYTES = 48;

  private static final int POLICY_AT = 4;
  private static final int NICENESS_AT = 16;
  private static final int SLICE_AT = 24;

  private static final CFunction SYSCALL = Libc.function("syscall");
  private static final CFunction SETPRIORITY = Libc.function("setpriority");

  /// Numbers of calls that have no function in older C libraries.
  private static final boolean IS_AMD64 = System.getProperty("os.arch").equals("amd64");

  private static final int SYS_SET_ATTRIBUTES = IS_AMD64 ? 314 : 274;
  private static final int SYS_GET_ATTRIBUTES = IS_AMD64 ? 315 : 275;

  private Scheduling() {}

  /// Puts the caller, and all threads that it or they start from now on, before the compilers of
  /// this JVM.
  public static void serveFirst() {
    int niceness = shortenSlice();
    if (niceness != UNKNOWN) {
      compilersAre(Math.min(niceness + NICER_BY, NICENESS_MAX));
    }
  }

  /// `long syscall(SYS_sched_setattr, pid_t, struct sched_attr *, unsigned int flags)`:
  /// sched_setattr(2). Of the caller, and of all threads that it or they start from now on.
  ///
  /// @return how nice the caller is, or [#UNKNOWN] if that is not how it is scheduled
  static int shortenSlice() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = attributes(arena);
      if (own == null || own.get(JAVA_INT, POLICY_AT) != POLICY_OTHER) {
        return UNKNOWN;
      }
      own.set(JAVA_LONG, SLICE_AT, SLICE_NANOS);
      SYSCALL.call(SYS_SET_ATTRIBUTES, 0, own.address(), 0);
      return own.get(JAVA_INT, NICENESS_AT);
    }
  }

  /// The slice of the caller in nanoseconds; 0 if this kernel does not tell.
  static long sliceNanos() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = attributes(arena);
      return own == null ? 0 : own.get(JAVA_LONG, SLICE_AT);
    }
  }

  /// `long syscall(SYS_sched_getattr, pid_t, struct sched_attr *, unsigned int size, unsigned int
  /// flags)`: sched_getattr(2); 0 is the caller.
  private static @Nullable MemorySegment attributes(Arena arena) {
    MemorySegment own = arena.allocate(ATTRIBUTES_BYTES, 8);
    int result = SYSCALL.call(SYS_GET_ATTRIBUTES, 0, own.address(), ATTRIBUTES_BYTES, 0);
    return result == 0 ? own : null;
  }

  /// `int setpriority(int which, id_t who, int value)`: setpriority(2), of a thread on Linux.
  ///
  /// A compiler that is started later is started by another, and is as nice as that.
  private static void compilersAre(int nice) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        if (isCompiler(thread)) {
          int id = Integer.parseInt(thread.getFileName().toString());
          SETPRIORITY.call(WHICH_THREAD, id, nice);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // They compile as they did: a server that is slower now and then is no reason not to serve.
    }
  }

  private static boolean isCompiler(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).contains(COMPILER);
    } catch (IOException ended) {
      return false;
    }
  }
}
