package io.tercet.http.message;

import java.io.IOException;
import java.time.Instant;

/// A regular file that is open for reading, and what was true of it when it was opened.
///
/// - Ownership: the holder closes it; a response with a file body owns its file.
/// - Threading: used by one thread at a time.
public interface OpenFile extends AutoCloseable {

  /// Size in bytes when it was opened. The file may have changed since.
  long length();

  /// When its content last changed.
  Instant modifiedAt();

  /// When anything of it last changed, its names and permissions included. Nobody can set this
  /// time. A system without it has the time of the content.
  default Instant changedAt() {
    return modifiedAt();
  }

  /// Changes whenever the content does; becomes the strong entity tag, without quotes.
  String tag();

  /// Reads up to `length` bytes at `position`; 0 means that the file ends there now.
  int read(long position, byte[] into, int offset, int length) throws IOException;

  /// Whether its size and the last change of its content are what they were when it was opened,
  /// whatever file has its name now. True also if the system cannot tell.
  default boolean isUnchanged() {
    return true;
  }

  /// The file itself, if this one is a wrapper.
  default OpenFile source() {
    return this;
  }

  @Override
  void close();
}
