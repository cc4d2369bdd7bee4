package io.tercet.chat.delivery;

import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.problem.ProblemException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks up how far the rooms are that somebody here listens to. So it finds what other replicas
/// committed even if no hint of it arrives.
///
/// - Bounds: [DeliverySettings#pollRooms] in one statement.
/// - Threading: a task of Spring's scheduler runs the rounds.
@Component
class RoomPoll {

  private static final Logger log = LoggerFactory.getLogger(RoomPoll.class);
  private static final String PERIOD = "${tercet.relay.poll-period:2s}";

  private final LogReader entries;
  private final Fanout fanout;
  private final DeliverySettings settings;

  RoomPoll(LogReader entries, Fanout fanout, DeliverySettings settings) {
    this.entries = entries;
    this.fanout = fanout;
    this.settings = settings;
  }

  /// One round; nothing if this is the only replica.
  @Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
  void lookUp() {
    if (!entries.isShared()) {
      return;
    }
    List<RoomId> rooms = fanout.rooms();
    try {
      for (int from = 0; from < rooms.size(); from += settings.pollRooms()) {
        int to = Math.min(from + settings.pollRooms(), rooms.size());
        entries.lastSeqs(rooms.subList(from, to)).forEach(fanout::reached);
      }
    } catch (ProblemException away) {
      log.debug("rooms not looked up: {}", away.toString());
    }
  }
}
