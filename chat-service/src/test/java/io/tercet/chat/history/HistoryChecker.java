package io.tercet.chat.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Says which rules a history and the logs of its rooms break: none, if the replicas were one.
///
/// It looks at what is allowed and not at how it came about, so faults of every kind may have
/// happened meanwhile. A subscription that is open at the end must have heard everything: end the
/// history when the clients have had time for that.
public final class HistoryChecker {

  private HistoryChecker() {}

  /// The violations; `logs` has the log of each room by the room's id, ascending.
  public static List<Violation> check(List<Event> events, Map<String, List<LogEntry>> logs) {
    List<Violation> violations = new ArrayList<>();
    logs.forEach((room, entries) -> {
      List<Event> ofRoom = events.stream().filter(event -> event.room().equals(room)).toList();
      RoomLog log = new RoomLog(room, entries, ofRoom);
      new LogRules(log, violations).check(ofRoom);
      new PostRules(log, violations).check(ofRoom);
      new ChangeRules(log, violations).check(ofRoom);
      new MarkRules(log, violations).check(ofRoom);
      new SubscriptionRules(log, violations).check(ofRoom);
      new ReadingRules(log, violations).check(ofRoom);
      new PlaceRules(log, violations).check(ofRoom);
    });
    return violations;
  }
}
