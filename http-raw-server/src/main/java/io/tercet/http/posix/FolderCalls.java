package io.tercet.http.posix;

import java.lang.foreign.MemorySegment;

/// The calls on folders. Each returns what the C function returns, or the errno negated.
final class FolderCalls {
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int STATX_BASIC = 0x7ff;

  private static final CFunction GETDENTS = Libc.function("getdents64");
  private static final CFunction STATX = Libc.function("statx");

  private FolderCalls() {}

  /// `ssize_t getdents64(int, void *, size_t)`: getdents(2). 0 means that there is no more.
  ///
  /// `struct linux_dirent64`: length of the record at 16 (2 bytes), type at 18 (1 byte), name at 19
  /// (ends in NUL).
  static int entries(int fd, MemorySegment into) {
    return (int) GETDENTS.callCheckedLong(fd, into.address(), into.byteSize());
  }

  /// `int statx(int dirfd, const char *path, int flags, unsigned int mask, struct statx *)`:
  /// statx(2), of a name in a folder, and of a link itself if it is one.
  ///
  /// @return 0, and then `into` is filled
  static int stat(int folder, MemorySegment name, MemorySegment into) {
    return STATX.callChecked(
        folder, name.address(), AT_SYMLINK_NOFOLLOW, STATX_BASIC, into.address());
  }
}
