package io.tercet.http.posix;

/// Something with a file descriptor.
public interface Descriptor {

  /// The number that the kernel knows it by; meaningless after close.
  int fd();

  /// `int close(int)`: close(2). Never repeat it: the descriptor is gone whatever the call returns,
  /// and may soon be somebody else's.
  static void close(int fd) {
    Close.FUNCTION.call(fd);
  }

  /// Linked when the first descriptor is closed.
  final class Close {
    private static final CFunction FUNCTION = Libc.function("close");

    private Close() {}
  }
}
