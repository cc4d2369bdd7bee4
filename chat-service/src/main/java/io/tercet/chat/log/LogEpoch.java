package io.tercet.chat.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Tells one log from another: the epoch is in the database, and whoever restores a backup renews
/// it. A `seq` that a client knows is a place in the log of one epoch only.
///
/// A file orders the renewal. The start renews first and deletes the file then: a start that is
/// killed between the two only renews once more.
///
/// Threading: any thread, after the start.
@Component
public class LogEpoch implements SmartLifecycle {

  /// After the database, and before the doors.
  private static final int PHASE = LogWriter.PHASE - 1;

  private static final Logger log = LoggerFactory.getLogger(LogEpoch.class);

  private final Store store;
  private final Path renewFile;
  private volatile String value = "";
  private volatile boolean running;

  /// Keeps the epoch in the database.
  public interface Store {

    /// The epoch.
    String read();

    /// Begins another one.
    void renew();
  }

  LogEpoch(Store store, @Value("${tercet.log.renew-epoch-file}") Path renewFile) {
    this.store = store;
    this.renewFile = renewFile;
  }

  /// The epoch: opaque, 1 to 64 characters of ASCII.
  public String value() {
    return value;
  }

  /// Whether a client knows this log.
  public boolean is(String epoch) {
    return value.equals(epoch);
  }

  @Override
  public void start() {
    if (Files.exists(renewFile)) {
      store.renew();
      try {
        Files.delete(renewFile);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "delete " + renewFile + " by hand, or every start renews the epoch of the log", e);
      }
      log.info("log epoch renewed: clients read their rooms again");
    }
    value = store.read();
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
