package io.tercet.chat.delivery.reading;

import io.tercet.chat.delivery.Connections;
import io.tercet.chat.delivery.DeliveryThreads;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.reading.ReadPlace;
import io.tercet.chat.room.reading.ReadPlaceStore;
import io.tercet.chat.room.reading.ReadingSettings;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Sends `read` to the sockets of a person whose places moved, here or on another replica.
///
/// One thread reads the places of all such people from the database, again and again while there
/// are any. What it reads later is newer, so the last frame about a room has its newest place.
///
/// - Bounds: a number for each connected person; [ReadingSettings#toldPeopleMax] people in one
///   statement.
/// - Errors: what cannot be read is read after [ReadingSettings#tellPause].
/// - Threading: any thread. The lock of `waiting` is innermost.
@Component
class ReadFrames implements HintListener {

  private static final Logger log = LoggerFactory.getLogger(ReadFrames.class);
  private static final String THREAD = "read-places";

  private final Connections connections;
  private final ReadPlaceStore places;
  private final FrameWriter frames;
  private final DeliveryThreads threads;
  private final ReadingSettings settings;

  /// The version of each person after which places moved. Guarded by itself.
  private final Map<PersonId, Long> waiting = new HashMap<>();

  /// Whether a thread takes what waits, now or soon. Guarded by `waiting`.
  private boolean isTelling;

  ReadFrames(
      Connections connections,
      ReadPlaceStore places,
      FrameWriter frames,
      DeliveryThreads threads,
      ReadingSettings settings) {
    this.connections = connections;
    this.places = places;
    this.frames = frames;
    this.threads = threads;
    this.settings = settings;
  }

  @Override
  public void heard(Hint hint) {
    if (hint instanceof Hint.PlacesMoved(var id, long after)) {
      PersonId personId = new PersonId(id);
      if (!connections.of(personId).isEmpty() && add(Map.of(personId, after))) {
        threads.start(THREAD, this::tellAll);
      }
    }
  }

  /// Lets people wait; true if no thread takes what waits.
  private boolean add(Map<PersonId, Long> people) {
    synchronized (waiting) {
      people.forEach((personId, after) -> waiting.merge(personId, after, Math::min));
      boolean first = !isTelling;
      isTelling = true;
      return first;
    }
  }

  private void tellAll() {
    for (Map<PersonId, Long> some = take(); !some.isEmpty(); some = take()) {
      try {
        places.movedAfter(some).forEach(this::tell);
      } catch (RuntimeException e) {
        log.warn("read places not told: people={} cause={}", some.size(), e.toString());
        add(some);
        threads.startLater(THREAD, settings.tellPause(), this::tellAll);
        return;
      }
    }
  }

  /// Takes people who wait; if nobody does, the thread ends.
  private Map<PersonId, Long> take() {
    Map<PersonId, Long> some = new HashMap<>();
    synchronized (waiting) {
      Iterator<Map.Entry<PersonId, Long>> all = waiting.entrySet().iterator();
      while (all.hasNext() && some.size() < settings.toldPeopleMax()) {
        Map.Entry<PersonId, Long> next = all.next();
        some.put(next.getKey(), next.getValue());
        all.remove();
      }
      isTelling = !some.isEmpty();
    }
    return some;
  }

  private void tell(ReadPlace place) {
    ByteBuffer frame = frames.write(new ServerFrame.Read(place.reader().roomId(), place.seq()));
    connections.of(place.reader().personId()).forEach(connection -> connection.send(frame));
  }
}
