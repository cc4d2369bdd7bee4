package io.tercet.http.posix.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The calls on files and folders. Each returns what the C function returns, or the errno negated.
///
/// These may wait for a disk, so none is critical, and virtual threads leave them to [DiskThreads].
final class FileCalls {
  static final int O_CLOEXEC = 0x80000;

  /// So that opening a named pipe does not wait for its writer.
  static final int O_NONBLOCK = 0x800;

  static final long RESOLVE_NO_MAGICLINKS = 0x02;
  static final long RESOLVE_BENEATH = 0x08;

  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC = 0x7ff;
  private static final long SYS_OPENAT2 = 437;

  private static final CFunction SYSCALL = Libc.function("syscall");
  private static final CFunction STATX = Libc.function("statx");
  private static final CFunction PREAD = Libc.function("pread");
  private static final CFunction GETDENTS = Libc.function("getdents64");

  private FileCalls() {}

  /// `long syscall(SYS_openat2, int dirfd, const char *path, struct open_how *, size_t)`:
  /// openat2(2).
  ///
  /// `struct open_how` is flags, mode and resolve, 8 bytes each.
  static int openAt(int directory, String path, int flags, long resolve) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocateFrom(JAVA_LONG, flags, 0L, resolve);
      MemorySegment name = arena.allocateFrom(path);
      return (int)
          SYSCALL.callCheckedLong(
              SYS_OPENAT2, directory, name.address(), how.address(), how.byteSize());
    }
  }

  /// `int statx(int dirfd, const char *path, int flags, unsigned int mask, struct statx *)`:
  /// statx(2), of an open file. The same layout on every machine, unlike `struct stat`.
  ///
  /// @return 0, and then `into` is filled
  static int stat(int fd, MemorySegment into) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment empty = arena.allocateFrom("");
      return STATX.callChecked(fd, empty.address(), AT_EMPTY_PATH, STATX_BASIC, into.address());
    }
  }

  /// `ssize_t pread(int, void *, size_t, off_t)`: pread(2). Through native memory, because it may
  /// wait.
  static int read(int fd, long position, byte[] into, int offset, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(length);
      int count = (int) PREAD.callCheckedLong(fd, buffer.address(), length, position);
      if (count > 0) {
        MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, count);
      }
      return count;
    }
  }

  /// `ssize_t getdents64(int, void *, size_t)`: getdents(2). 0 means that there is no more.
  ///
  /// `struct linux_dirent64`: length of the record at 16 (2 bytes), type at 18 (1 byte), name at 19
  /// (ends in NUL).
  static int entries(int folder, MemorySegment into) {
    return (int) GETDENTS.callCheckedLong(folder, into.address(), into.byteSize());
  }

  /// statx(2) of a name in a folder, and of a link itself if it is one.
  ///
  /// @return 0, and then `into` is filled
  static int statEntry(int folder, MemorySegment name, MemorySegment into) {
    return STATX.callChecked(
        folder, name.address(), AT_SYMLINK_NOFOLLOW, STATX_BASIC, into.address());
  }
}
