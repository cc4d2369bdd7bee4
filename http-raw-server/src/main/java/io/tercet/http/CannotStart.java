package io.tercet.http;

import org.jspecify.annotations.Nullable;

/// Something that the operator must change first; the message says what, in one line.
final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  CannotStart(@Nullable String line) {
    super(line);
  }
}
