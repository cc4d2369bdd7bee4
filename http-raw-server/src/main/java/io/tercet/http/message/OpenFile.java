package io.tercet.http.message;

import java.io.IOException;
import java.time.Instant;

/// A regular file that is open for reading, and what was true of it when it was opened.
///
/// - Ownership: whoever holds it closes it; a response with a file body owns its file.
/// - Threading: used by one thread at a time.
public interface OpenFile extends AutoCloseable {

  /// Size in bytes when it was opened. The file may have changed since.
  long length();

  /// When its content last changed.
  Instant modifiedAt();

  /// When anything of it last changed, its names and rights included: a time that nobody can set.
  /// Where the system has none it is that of the content.
  default Instant changedAt() {
    return modifiedAt();
  }

  /// Changes whenever the content does; becomes the strong entity tag, without quotes.
  String tag();

  /// Reads up to `length` bytes at `position`; 0 means that the file ends there now.
  int read(long position, byte[] into, int offset, int length) throws IOException;

  /// Whether its size and the time of its last change of content are what they were when it was
  /// opened, whatever its name leads to by now. True also where nobody can tell.
  default boolean isUnchanged() {
    return true;
  }

  /// The file itself, where this one only says more about it.
  default OpenFile source() {
    return this;
  }

  @Override
  void close();
}
