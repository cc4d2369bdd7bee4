package io.tercet.http.site;

import java.io.IOException;

/// There is no room for a version of a site: all sites together would have too many files or bytes,
/// or the disk does not take them. The site is left out, and tried again later.
final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1L;

  NoRoomException(String message) {
    super(message);
  }

  NoRoomException(IOException cause) {
    super("the disk does not take it: " + cause, cause);
  }
}
