package io.tercet.http.posix;

/// Something with a file descriptor.
interface Descriptor {

  /// The number that the kernel knows it by; meaningless after close.
  int fd();
}
