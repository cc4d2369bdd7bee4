package io.tercet.http.connection;

import java.time.Duration;

/// What a conversation waits for between turns, each with its time.
enum Wait {
  REQUEST,
  HEAD,
  BODY,
  CLIENT_READS,
  CLIENT_CLOSES;

  Duration time(Deadlines deadlines) {
    return switch (this) {
      case REQUEST -> deadlines.idle();
      case HEAD -> deadlines.header();
      case BODY -> deadlines.body();
      case CLIENT_READS -> deadlines.write();
      case CLIENT_CLOSES -> deadlines.linger();
    };
  }
}
