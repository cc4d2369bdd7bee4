package io.tercet.chat.room;

import io.tercet.chat.log.LogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Works out again, from the log, what edits and deletions made of messages.
///
/// A file orders it. The start deletes the file at the end: a start that is killed before begins
/// again. It works in transactions of [#PLACES_AT_ONCE] places of one room, each of which is right
/// by itself. So replicas may write meanwhile, and do it at the same time.
///
/// Threading: the thread of the start.
@Component
public class MessageRebuild implements SmartLifecycle {

  /// After the database, and before the doors.
  private static final int PHASE = LogWriter.PHASE - 1;

  private static final int PLACES_AT_ONCE = 500;

  private static final Logger log = LoggerFactory.getLogger(MessageRebuild.class);

  private final Store store;
  private final Path file;
  private volatile boolean running;

  /// Keeps what edits and deletions made of messages.
  public interface Store {

    /// Works it out again for all messages, at most so many places of a room in one transaction.
    /// Returns the number of all places.
    long rebuild(int placesAtOnce);
  }

  MessageRebuild(Store store, @Value("${tercet.message.rebuild-file}") Path file) {
    this.store = store;
    this.file = file;
  }

  @Override
  public void start() {
    if (Files.exists(file)) {
      log.info("messages are rebuilt from the log");
      long places = store.rebuild(PLACES_AT_ONCE);
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "delete " + file + " by hand, or every start rebuilds the messages", e);
      }
      log.info("messages rebuilt: places={}", places);
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
