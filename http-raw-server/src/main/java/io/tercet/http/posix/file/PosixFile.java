package io.tercet.http.posix.file;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.tercet.http.message.OpenFile;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.DiskThreads;
import io.tercet.http.posix.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/// An open regular file with its metadata from statx(2).
///
/// `struct statx` (256 bytes): mode at 28, inode at 32, size at 40, time of change at 96 (seconds)
/// and 104 (nanoseconds), time of modification at 112 and 120.
///
/// The tag contains the time of change, which the kernel keeps. Programs can set the time of
/// modification, and copies and reproducible builds set the same one for other contents.
final class PosixFile implements OpenFile, Descriptor {
  static final long STATX_BYTES = 256;
  private static final int TYPE_MASK = 0xf000;
  private static final int REGULAR = 0x8000;
  private static final int FOLDER = 0x4000;
  private static final int LINK = 0xa000;

  private final int fd;
  private final long length;
  private final Instant modifiedAt;
  private final Instant changedAt;
  private final String tag;
  private boolean closed;

  PosixFile(int fd, MemorySegment statx) {
    this.fd = fd;
    length = length(statx);
    modifiedAt = modifiedAt(statx);
    changedAt = Instant.ofEpochSecond(statx.get(JAVA_LONG, 96), statx.get(JAVA_INT, 104));
    long nanos = changedAt.getEpochSecond() * 1_000_000_000L + changedAt.getNano();
    tag =
        Long.toString(length, 36)
            + "-"
            + Long.toString(nanos, 36)
            + "-"
            + Long.toString(statx.get(JAVA_LONG, 32), 36);
  }

  static boolean isRegular(MemorySegment statx) {
    return (statx.get(JAVA_SHORT, 28) & TYPE_MASK) == REGULAR;
  }

  static boolean isFolder(MemorySegment statx) {
    return (statx.get(JAVA_SHORT, 28) & TYPE_MASK) == FOLDER;
  }

  static boolean isLink(MemorySegment statx) {
    return (statx.get(JAVA_SHORT, 28) & TYPE_MASK) == LINK;
  }

  static long length(MemorySegment statx) {
    return statx.get(JAVA_LONG, 40);
  }

  static Instant modifiedAt(MemorySegment statx) {
    return Instant.ofEpochSecond(statx.get(JAVA_LONG, 112), statx.get(JAVA_INT, 120));
  }

  @Override
  public int fd() {
    return fd;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public Instant modifiedAt() {
    return modifiedAt;
  }

  @Override
  public Instant changedAt() {
    return changedAt;
  }

  @Override
  public String tag() {
    return tag;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    int count = DiskThreads.call(() -> FileCalls.read(fd, position, into, offset, length));
    if (count < 0) {
      throw new IOException("pread: " + Errno.describe(-count));
    }
    return count;
  }

  /// The time of change does not count: it tells also of a name that was taken from the file, which
  /// is how a whole tree is exchanged while it is served.
  @Override
  public boolean isUnchanged() {
    return DiskThreads.call(this::isStillSo);
  }

  private boolean isStillSo() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statx = arena.allocate(STATX_BYTES, 8);
      return FileCalls.stat(fd, statx) == 0
          && length(statx) == length
          && modifiedAt(statx).equals(modifiedAt);
    }
  }

  /// A second close must not close a descriptor that somebody else has got meanwhile.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Descriptor.close(fd);
    }
  }
}
