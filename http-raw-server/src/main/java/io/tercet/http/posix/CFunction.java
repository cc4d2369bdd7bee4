package io.tercet.http.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// A function of the C library that takes up to six integers and pointers, and returns one.
///
/// All are linked in one shape: six words of 64 bits in, one out. Each further shape costs a start
/// about 20 ms, each further function of a known shape next to nothing. The calling conventions
/// allow it: each of the first six integers or pointers has a register. A function reads as much of
/// a register as its type is wide, and ignores the registers of parameters that it does not have
/// (System V psABI for AMD64 §3.2.3, AAPCS64 §6.8.2). Of an `int` result the lower half counts.
///
/// A pointer is the address of a native segment; the caller keeps its arena open. 0 is NULL.
///
/// It is a record because the JIT compiler treats only a record's components as constants, and
/// calls a constant handle like a Java method.
///
/// Threading: any.
///
/// @param handle writes errno to its first argument, and takes six words after that
public record CFunction(MethodHandle handle) {
  private static final int PARAMETERS_MAX = 6;

  /// Where an errno goes that no thread reads.
  private static final MemorySegment UNREAD = Libc.state(Arena.global());

  /// Calls it and returns its `int`, without errno.
  public int call(long... words) {
    return (int) invoke(UNREAD, words);
  }

  /// Calls it and returns its `int`, or the errno negated if that is -1.
  public int callChecked(long... words) {
    try (Arena arena = Arena.ofConfined()) {
      return callChecked(arena, words);
    }
  }

  /// The same, for a caller that has an arena open.
  public int callChecked(Arena arena, long... words) {
    MemorySegment state = Libc.state(arena);
    int result = (int) invoke(state, words);
    return result == -1 ? -Libc.errno(state) : result;
  }

  /// Calls it and returns its `long`, or the errno negated if that is -1.
  public long callCheckedLong(long... words) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      long result = invoke(state, words);
      return result == -1 ? -Libc.errno(state) : result;
    }
  }

  private long invoke(MemorySegment state, long[] words) {
    try {
      return (long)
          handle.invokeExact(
              state,
              at(words, 0),
              at(words, 1),
              at(words, 2),
              at(words, 3),
              at(words, 4),
              at(words, 5));
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  private static long at(long[] words, int place) {
    assert words.length <= PARAMETERS_MAX;
    return place < words.length ? words[place] : 0;
  }
}
