package io.tercet.chat.room.file;

import io.tercet.chat.housekeeping.Housekeeping;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Files of which file-service said that a person stored them in a room for a message. The log
/// takes what it says of a file from here, not from the client that posts it.
///
/// A file that a message has stays known as long as others, so that no second message gets it.
/// Threading: any thread.
@Component
@EnableConfigurationProperties(ConfirmedFileSettings.class)
public class ConfirmedFiles {

  private static final String PERIOD = "${tercet.confirmed-files.removal-period:1m}";

  private final ConfirmedFileStore store;
  private final ConfirmedFileSettings settings;
  private final Housekeeping housekeeping;
  private final InstantSource clock;

  ConfirmedFiles(
      ConfirmedFileStore store,
      ConfirmedFileSettings settings,
      Housekeeping housekeeping,
      InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.housekeeping = housekeeping;
    this.clock = clock;
  }

  /// Remembers a file of a room, which must be there. The same file again changes nothing. It is
  /// durable when the method returns.
  public void confirm(RoomId roomId, PersonId uploader, FileReference file) {
    store.add(roomId, uploader, file, clock.instant(), settings.perPersonMax());
  }

  /// Forgets files that are too old, on one replica.
  @Scheduled(initialDelayString = PERIOD, fixedRateString = PERIOD)
  void removeOld() {
    housekeeping.run("confirmed-files", this::removeSome);
  }

  /// Removes some, and says whether there may be more.
  boolean removeSome() {
    int most = settings.removedMax();
    return store.removeOlder(clock.instant().minus(settings.kept()), most) == most;
  }
}
