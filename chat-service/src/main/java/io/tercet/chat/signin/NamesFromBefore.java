package io.tercet.chat.signin;

import io.tercet.chat.people.People;
import io.tercet.chat.room.Rooms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Brings names that are older than the rule for names under it, before the web server takes new
/// ones.
///
/// It works in transactions of [#NAMES_AT_ONCE], so a stop loses at most one of them, and two
/// replicas may do it at the same time. When all is done, it costs two queries of empty tables.
@Component
class NamesFromBefore implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(NamesFromBefore.class);
  private static final int NAMES_AT_ONCE = 1_000;

  private final People people;
  private final Rooms rooms;
  private volatile boolean running;

  NamesFromBefore(People people, Rooms rooms) {
    this.people = people;
    this.rooms = rooms;
  }

  @Override
  public void start() {
    running = true;
    long count = 0;
    for (int adopted = NAMES_AT_ONCE; adopted > 0; count += adopted) {
      adopted = people.adoptNames(NAMES_AT_ONCE) + rooms.adoptNames(NAMES_AT_ONCE);
    }
    if (count > 0) {
      log.info("names from before adopted: count={}", count);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// After the database, before [DefaultRoom].
  @Override
  public int getPhase() {
    return -1;
  }
}
