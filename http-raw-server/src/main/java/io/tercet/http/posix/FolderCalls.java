package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The calls on folders. Each returns what the C function returns, or the errno negated.
final class FolderCalls {
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC = 0x7ff;

  private static final MethodHandle GETDENTS =
      Libc.capturing("getdents64", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle STATX =
      Libc.capturing(
          "statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));

  private FolderCalls() {}

  /// `ssize_t getdents64(int, void *, size_t)`: getdents(2). 0 means that there is no more.
  ///
  /// `struct linux_dirent64`: length of the record at 16 (2 bytes), type at 18 (1 byte), name at 19
  /// (ends in NUL).
  static int entries(int fd, MemorySegment into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      long count = (long) GETDENTS.invokeExact(state, fd, into, into.byteSize());
      return count >= 0 ? (int) count : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// What `statx(2)` says of a name in a folder, of a link itself if it is one.
  ///
  /// @return 0, and then `into` is filled
  static int stat(int folder, MemorySegment name, MemorySegment into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int result =
          (int) STATX.invokeExact(state, folder, name, AT_SYMLINK_NOFOLLOW, STATX_BASIC, into);
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }
}
