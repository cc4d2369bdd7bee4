package io.tercet.http.program;

import java.util.logging.LogManager;

/// Goes on logging while the program stops. The platform's own manager closes its handlers as soon
/// as the stop begins.
public final class ShutdownSafeLogging extends LogManager {

  /// Does nothing; lines are flushed as they are written.
  @Override
  public void reset() {}
}
