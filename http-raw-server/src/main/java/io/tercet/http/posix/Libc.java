package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
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

/// How C functions are found and called, and how their errors come back.
///
/// Two handles per function that is called often: one without errno, because reading it costs, and
/// one that captures it, called again when the first returned -1. That is safe only because all our
/// calls are on non-blocking descriptors, where a call that failed did nothing.
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_OF =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /// `int f(int)`
  static final FunctionDescriptor INT_OF_INT = FunctionDescriptor.of(JAVA_INT, JAVA_INT);

  /// `int f(int, int)`
  static final FunctionDescriptor INT_OF_INTS = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT);

  /// `int f(int, void *, …)`, for addresses of sockets.
  static final FunctionDescriptor INT_OF_ADDRESS =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

  /// `ssize_t f(int, void *, size_t)`
  static final FunctionDescriptor LONG_OF_BUFFER =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

  private Libc() {}

  /// A function that may take its time; its errno is captured into a first argument.
  @SuppressWarnings("restricted")
  static MethodHandle capturing(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, ERRNO);
  }

  /// A function whose errno nobody asks for.
  @SuppressWarnings("restricted")
  static MethodHandle plain(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor);
  }

  /// A variadic function, whose arguments vary after the first `fixed`.
  @SuppressWarnings("restricted")
  static MethodHandle variadic(String name, FunctionDescriptor descriptor, int fixed) {
    return LINKER.downcallHandle(
        symbol(name), descriptor, ERRNO, Linker.Option.firstVariadicArg(fixed));
  }

  /// A function that never waits and may be given Java arrays: no safepoint happens while it runs.
  @SuppressWarnings("restricted")
  static MethodHandle critical(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.critical(true));
  }

  /// As [#critical], with its errno captured into a first argument.
  @SuppressWarnings("restricted")
  static MethodHandle criticalCapturing(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(symbol(name), descriptor, Linker.Option.critical(true), ERRNO);
  }

  /// Room for an errno. Belongs to the caller's arena, and so to one thread.
  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  static int errno(MemorySegment state) {
    return (int) ERRNO_OF.get(state, 0L);
  }

  /// What a call through a handle can never throw, as the bug that it is.
  static AssertionError unexpected(Throwable thrown) {
    return new AssertionError("a foreign call failed", thrown);
  }

  private static MemorySegment symbol(String name) {
    return SYMBOLS
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("this system's C library has no " + name));
  }
}
