package io.tercet.chat.delivery.card;

import io.tercet.chat.delivery.DeliveryThreads;
import io.tercet.chat.delivery.Fanout;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Card;
import io.tercet.chat.people.card.CardSettings;
import io.tercet.chat.people.card.Cards;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Sends `person` to the sockets that listen to a room of a person whose card changed, here or on
/// another replica, and to the person's own.
///
/// The first change is told at once. Those that come within [CardSettings#tellPeriod] after that
/// are told together, each person once, as their card is then. So what is told last is what is so.
///
/// - Bounds: an id for each person who changes something in that time; [CardSettings#toldPeopleMax]
///   people in one statement, [CardSettings#toldRoomsMax] rooms of each.
/// - Errors: what cannot be read is read after [CardSettings#tellPause], until the service stops.
/// - Threading: any thread. The lock of `waiting` is innermost.
@Component
class PersonFrames implements HintListener, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PersonFrames.class);
  private static final String THREAD = "cards";

  private final Cards cards;
  private final Fanout fanout;
  private final FrameWriter frames;
  private final DeliveryThreads threads;
  private final CardSettings settings;

  /// Guarded by itself.
  private final Set<PersonId> waiting = new LinkedHashSet<>();

  /// Whether a thread takes what waits, now or soon. Guarded by `waiting`.
  private boolean isTelling;

  /// Guarded by `waiting`.
  private boolean isRunning;

  PersonFrames(
      Cards cards,
      Fanout fanout,
      FrameWriter frames,
      DeliveryThreads threads,
      CardSettings settings) {
    this.cards = cards;
    this.fanout = fanout;
    this.frames = frames;
    this.threads = threads;
    this.settings = settings;
  }

  @Override
  public void heard(Hint hint) {
    if (hint instanceof Hint.CardChanged(var personId)) {
      boolean first;
      synchronized (waiting) {
        if (!isRunning) {
          return;
        }
        waiting.add(new PersonId(personId));
        first = !isTelling;
        isTelling = true;
      }
      if (first) {
        threads.start(THREAD, this::tellAll);
      }
    }
  }

  private void tellAll() {
    for (List<PersonId> some = take(); !some.isEmpty(); some = take()) {
      try {
        cards.findAll(some).forEach(this::tell);
      } catch (RuntimeException | Error e) {
        synchronized (waiting) {
          if (!isRunning) {
            isTelling = false;
            return;
          }
          waiting.addAll(some);
        }
        log.warn("cards not told: people={} cause={}", some.size(), e.toString());
        threads.startLater(THREAD, settings.tellPause(), this::tellAll);
        return;
      }
    }
    threads.startLater(THREAD, settings.tellPeriod(), this::tellOrEnd);
  }

  private void tellOrEnd() {
    synchronized (waiting) {
      isTelling = !waiting.isEmpty();
      if (!isTelling) {
        return;
      }
    }
    tellAll();
  }

  private List<PersonId> take() {
    synchronized (waiting) {
      List<PersonId> some = waiting.stream().limit(settings.toldPeopleMax()).toList();
      some.forEach(waiting::remove);
      return some;
    }
  }

  private void tell(Card card) {
    List<RoomId> rooms = cards.rooms(card.person().personId()).stream().map(RoomId::new).toList();
    fanout.rename(card.person(), rooms, frames.write(new ServerFrame.PersonChanged(card)));
  }

  @Override
  public void start() {
    synchronized (waiting) {
      isRunning = true;
    }
  }

  /// Nobody is told any more: the sockets end, and the database is closed behind this.
  @Override
  public void stop() {
    synchronized (waiting) {
      isRunning = false;
      waiting.clear();
    }
  }

  @Override
  public boolean isRunning() {
    synchronized (waiting) {
      return isRunning;
    }
  }
}
