package io.tercet.chat.room.file;

import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.time.Instant;

/// Where [ConfirmedFiles] are kept. Threading: any thread; it waits for the database.
public interface ConfirmedFileStore {

  /// Keeps a file, which has a version, unless it is there; of what no message has, it keeps the
  /// newest `perPersonMax` of the person.
  void add(RoomId roomId, PersonId uploader, FileReference file, Instant now, int perPersonMax);

  /// Removes at most `limit` files that were confirmed before a time, the oldest ones; returns how
  /// many.
  int removeOlder(Instant time, int limit);
}
