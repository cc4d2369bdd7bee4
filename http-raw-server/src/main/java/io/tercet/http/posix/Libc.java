package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// How C functions are found and linked, and how their errors come back.
///
/// A call that runs often does not capture errno, because that is slow. If it returns -1, it is
/// made once more and captures errno. That is safe only because all these calls are on non-blocking
/// descriptors, where a call that failed did nothing.
public final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_OF =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /// Six words in, one out.
  private static final FunctionDescriptor WORDS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private Libc() {}

  /// A function that may block.
  @SuppressWarnings("restricted")
  public static CFunction function(String name) {
    return new CFunction(LINKER.downcallHandle(symbol(name), WORDS, ERRNO));
  }

  /// A function that never blocks and accepts Java arrays: no safepoint happens while it runs.
  @SuppressWarnings("restricted")
  public static MethodHandle critical(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.critical(true));
  }

  /// As [#critical], with its errno captured into a first argument.
  @SuppressWarnings("restricted")
  public static MethodHandle criticalCapturing(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.critical(true), ERRNO);
  }

  /// Room for an errno. It belongs to the caller's arena, and so to one thread.
  public static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  /// The errno that was captured.
  public static int errno(MemorySegment state) {
    return (int) ERRNO_OF.get(state, 0L);
  }

  /// Wraps what a call through a handle never throws, unless there is a bug.
  public static AssertionError unexpected(Throwable thrown) {
    return new AssertionError("a foreign call failed", thrown);
  }

  private static MemorySegment symbol(String name) {
    return SYMBOLS
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("this system's C library has no " + name));
  }
}
