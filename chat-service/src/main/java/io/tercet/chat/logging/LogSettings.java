package io.tercet.chat.logging;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// How much is logged each minute; a line of a stack trace is a line.
///
/// @param eventLinesMax lines of one event: of one logger and message
/// @param linesMax lines of all events together
@ConfigurationProperties("tercet.logging")
record LogSettings(int eventLinesMax, int linesMax) {

  LogSettings {
    if (eventLinesMax < 1 || linesMax < eventLinesMax) {
      throw new IllegalArgumentException(
          "tercet.logging needs 1 <= event-lines-max <= lines-max, not "
              + eventLinesMax
              + " and "
              + linesMax);
    }
  }
}
