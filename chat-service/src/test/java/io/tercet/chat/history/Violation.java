package io.tercet.chat.history;

import java.util.List;
import java.util.stream.Stream;

/// A rule that a history breaks, and what to look for in it: the id of what somebody wanted, or the
/// person whose place it is, the number of a subscription or a reading, and a `seq`, where they are known
/// (otherwise empty or 0).
public record Violation(
    Rule rule, String room, String sentence, String id, int subscription, long seq) {

  private static final int EVENTS_SHOWN = 30;
  private static final int NEAR = 2;

  static Violation of(Rule rule, String room, String sentence) {
    return new Violation(rule, room, sentence, "", 0, 0);
  }

  Violation aboutMessage(String messageId) {
    return new Violation(rule, room, sentence, messageId, subscription, seq);
  }

  Violation about(int number, long place) {
    return new Violation(rule, room, sentence, id, number, place);
  }

  /// The rule, and the last events that have to do with it, each with its place in the history.
  public String explain(List<Event> events) {
    List<String> relevant =
        Stream.iterate(0, at -> at < events.size(), at -> at + 1)
            .filter(at -> concerns(events.get(at)))
            .map(at -> "  " + at + ": " + events.get(at))
            .toList();
    int from = Math.max(0, relevant.size() - EVENTS_SHOWN);
    return rule
        + ": "
        + sentence
        + "\n"
        + String.join("\n", relevant.subList(from, relevant.size()));
  }

  private boolean concerns(Event event) {
    return event.room().equals(room)
        && switch (event) {
          case Event.Posted posted -> posted.id().equals(id);
          case Event.Acknowledged answer -> answer.id().equals(id) || answer.seq() == seq;
          case Event.Edits edit -> edit.id().equals(id) || edit.target() == seq;
          case Event.Edited answer -> answer.id().equals(id) || answer.now().seq() == seq;
          case Event.Deletes deletion -> deletion.id().equals(id) || deletion.target() == seq;
          case Event.Deleted answer -> answer.id().equals(id) || answer.target() == seq;
          case Event.Marks mark -> mark.id().equals(id) || mark.target() == seq;
          case Event.Marked answer -> answer.id().equals(id);
          case Event.Moves move -> move.person().equals(id);
          case Event.Moved answer -> answer.person().equals(id);
          case Event.PlaceHeard place -> place.person().equals(id);
          case Event.PlaceKept place -> place.person().equals(id);
          case Event.Refused answer -> answer.id().equals(id);
          case Event.Unknown answer -> answer.id().equals(id);
          case Event.Leaving _, Event.Member _ ->
              rule == Rule.MEMBERS_ONLY || rule == Rule.MEMBERSHIPS_KEPT;
          case Event.Asked asked -> asked.subscription() == subscription;
          case Event.Subscribed subscribed -> subscribed.subscription() == subscription;
          case Event.Ended ended -> ended.subscription() == subscription;
          case Event.Heard heard -> isNear(heard);
          case Event.Reads reads -> reads.reading() == subscription;
          case Event.Read read -> read.reading() == subscription;
          case Event.ReadPins read -> read.reading() == subscription;
          case Event.ReadReplies read -> read.reading() == subscription;
          case Event.ReadUnread read -> read.reading() == subscription;
          case Event.Kept _ -> rule == Rule.ONE_ROOM;
        };
  }

  private boolean isNear(Event.Heard heard) {
    long distance = Math.abs(heard.entry().seq() - seq);
    return subscription == 0
        ? distance == 0
        : heard.subscription() == subscription && distance <= NEAR;
  }
}
