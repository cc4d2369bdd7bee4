package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The calls on files. Each returns what the C function returns, or the errno negated.
///
/// These may wait for a disk, so none is critical.
final class FileCalls {
  static final int O_CLOEXEC = 0x80000;

  /// So that opening a named pipe does not wait for its writer.
  static final int O_NONBLOCK = 0x800;

  static final long RESOLVE_NO_MAGICLINKS = 0x02;
  static final long RESOLVE_BENEATH = 0x08;

  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC = 0x7ff;
  private static final long SYS_OPENAT2 = 437;

  private static final MethodHandle OPEN =
      Libc.variadic(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
          1);
  private static final MethodHandle STATX =
      Libc.capturing(
          "statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle PREAD =
      Libc.capturing(
          "pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle SENDFILE =
      Libc.capturing(
          "sendfile", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));

  private FileCalls() {}

  /// `long syscall(SYS_openat2, int dirfd, const char *path, struct open_how *, size_t)`:
  /// openat2(2).
  ///
  /// `struct open_how` is flags, mode and resolve, 8 bytes each.
  static int openAt(int directory, String path, int flags, long resolve) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment how = arena.allocateFrom(JAVA_LONG, flags, 0L, resolve);
      MemorySegment name = arena.allocateFrom(path);
      long fd = (long) OPEN.invokeExact(state, SYS_OPENAT2, directory, name, how, how.byteSize());
      return fd >= 0 ? (int) fd : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// What `statx(2)` says of an open file: the same layout on every machine, unlike `struct stat`.
  ///
  /// @return 0, and then `into` is filled
  static int stat(int fd, MemorySegment into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment empty = arena.allocateFrom("");
      int result = (int) STATX.invokeExact(state, fd, empty, AT_EMPTY_PATH, STATX_BASIC, into);
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `ssize_t pread(int, void *, size_t, off_t)`: pread(2). Through native memory, because it may
  /// wait.
  static int read(int fd, long position, byte[] into, int offset, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment buffer = arena.allocate(length);
      long count = (long) PREAD.invokeExact(state, fd, buffer, (long) length, position);
      if (count < 0) {
        return -Libc.errno(state);
      }
      MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, (int) count);
      return (int) count;
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `ssize_t sendfile(int out, int in, off_t *, size_t)`: sendfile(2).
  ///
  /// It has no flag against SIGPIPE; the JVM ignores that signal.
  static long sendFile(int out, int in, long position, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment offset = arena.allocateFrom(JAVA_LONG, position);
      long count = (long) SENDFILE.invokeExact(state, out, in, offset, length);
      return count >= 0 ? count : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }
}
