package io.tercet.http.posix.file;

import io.tercet.http.file.FileTree;
import io.tercet.http.file.ListableTree;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.DiskThreads;
import io.tercet.http.posix.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// The files beneath a folder. The kernel keeps every path inside: openat2(2) with RESOLVE_BENEATH
/// follows a link only as far as it stays inside, without a race.
///
/// The folder is opened by name each time, so it may be replaced or appear later.
public final class PosixFileTree implements FileTree, ListableTree {
  private static final int AT_FDCWD = -100;
  private static final int FLAGS = FileCalls.O_CLOEXEC | FileCalls.O_NONBLOCK;
  private static final int EAGAIN_TRIES = 8;

  private final String root;

  /// The files beneath this folder.
  public PosixFileTree(Path root) {
    this.root = root.toAbsolutePath().toString();
  }

  @Override
  public Entry find(String path) {
    return DiskThreads.call(() -> found(path));
  }

  @Override
  public <T> T inOneWait(Supplier<T> questions) {
    return DiskThreads.call(questions);
  }

  private Entry found(String path) {
    int fd = open(path);
    return fd < 0 ? failure(-fd) : entry(fd);
  }

  @Override
  public Optional<Folder> list(String path, int entriesMax) {
    return DiskThreads.call(() -> listed(path, entriesMax));
  }

  private Optional<Folder> listed(String path, int entriesMax) {
    int folder = open(path);
    if (folder < 0) {
      return Optional.empty();
    }
    try {
      return new FolderReader(this, path, folder).read(entriesMax);
    } finally {
      Descriptor.close(folder);
    }
  }

  /// What is at the path, open, or the errno negated.
  private int open(String path) {
    int folder = FileCalls.openAt(AT_FDCWD, root, FLAGS, 0);
    if (folder < 0) {
      return folder;
    }
    try {
      return openBeneath(folder, path.isEmpty() ? "." : path);
    } finally {
      Descriptor.close(folder);
    }
  }

  /// The kernel gives EAGAIN when something was renamed meanwhile and it cannot be sure.
  private static int openBeneath(int folder, String path) {
    long resolve = FileCalls.RESOLVE_BENEATH | FileCalls.RESOLVE_NO_MAGICLINKS;
    int fd = -Errno.EAGAIN;
    for (int i = 0; i < EAGAIN_TRIES && fd == -Errno.EAGAIN; i++) {
      fd = FileCalls.openAt(folder, path, FLAGS, resolve);
    }
    return fd;
  }

  private static Entry entry(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statx = arena.allocate(PosixFile.STATX_BYTES, 8);
      if (FileCalls.stat(fd, statx) == 0) {
        if (PosixFile.isRegular(statx)) {
          return new Entry.File(new PosixFile(fd, statx));
        }
        Descriptor.close(fd);
        return PosixFile.isFolder(statx) ? new Entry.Folder() : new Entry.Absent();
      }
      Descriptor.close(fd);
      return new Entry.Busy();
    }
  }

  private static Entry failure(int errno) {
    if (errno == Errno.ENOSYS) {
      throw new UnsupportedOperationException(
          "openat2 is missing: Linux 5.6 or newer is needed, and a sandbox must allow it");
    }
    return Errno.isAbsence(errno) ? new Entry.Absent() : new Entry.Busy();
  }
}
