package io.tercet.chat.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.history.Event.Acknowledged;
import io.tercet.chat.history.Event.Asked;
import io.tercet.chat.history.Event.Ended;
import io.tercet.chat.history.Event.Heard;
import io.tercet.chat.history.Event.Member;
import io.tercet.chat.history.Event.Posted;
import io.tercet.chat.history.Event.Refused;
import io.tercet.chat.history.Event.Subscribed;
import io.tercet.chat.history.Event.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A good history breaks no rule, and each rule is broken by a history that is bad in one way.
class HistoryCheckerTest {

  private static final String ROOM = "room";
  private static final String ADA = "ada";
  private static final String BOB = "bob";

  private final List<Event> events = new ArrayList<>();
  private final List<LogEntry> log =
      new ArrayList<>(List.of(LogEntry.joined(1, ADA), LogEntry.joined(2, BOB)));

  @Test
  void findsNothingInAGoodHistory() {
    happens(new Member(ADA, ROOM, true), new Member(BOB, ROOM, true));
    subscribes(1, ADA, 0, 2);
    hears(1, log.toArray(LogEntry[]::new));
    says(ADA, "a", 3);
    hears(1, log.getLast());
    unknown(BOB, "b");
    says(BOB, "b", 4);
    happens(new Ended(1, ROOM, "the line broke"));
    subscribes(2, ADA, 3, 4);
    hears(2, log.getLast());
    unknown(BOB, "never written");
    refused(BOB, "refused");
    log.add(LogEntry.left(5, ADA));
    happens(new Member(ADA, ROOM, false));
    says(BOB, "c", 6);
    subscribes(3, BOB, 5, 6);
    hears(3, log.getLast());

    assertThat(check()).isEmpty();
  }

  @Test
  void findsAGapInTheLog() {
    log.add(LogEntry.left(4, ADA));

    assertFound(Rule.LOG_WITHOUT_GAP);
  }

  @Test
  void findsAMessageThatTheLogHasTwice() {
    says(ADA, "a", 3);
    log.add(LogEntry.message(4, ADA, "a", "text of a"));

    assertFound(Rule.NOTHING_TWICE);
  }

  @Test
  void findsTwoAcknowledgementsThatDiffer() {
    says(ADA, "a", 3);
    says(ADA, "b", 4);
    happens(new Acknowledged(ADA, ROOM, "a", 4));

    assertThat(check()).extracting(Violation::rule).contains(Rule.NOTHING_TWICE);
  }

  @Test
  void findsAnAcknowledgedMessageThatTheLogLacks() {
    posts(ADA, "a");
    happens(new Acknowledged(ADA, ROOM, "a", 3));

    assertFound(Rule.NOTHING_LOST);
  }

  @Test
  void findsAnAcknowledgementOfAnotherMessagesPlace() {
    unknown(BOB, "a");
    log.add(LogEntry.message(3, BOB, "a", "text of a"));
    posts(ADA, "a");
    happens(new Acknowledged(ADA, ROOM, "a", 3));

    assertFound(Rule.NOTHING_LOST);
  }

  @Test
  void findsARefusedMessageInTheLog() {
    refused(ADA, "a");
    log.add(LogEntry.message(3, ADA, "a", "text of a"));

    assertFound(Rule.NOTHING_REFUSED);
  }

  @Test
  void acceptsARefusedAttemptOfWhatAnUnknownOneWrote() {
    unknown(ADA, "a");
    refused(ADA, "a");
    log.add(LogEntry.message(3, ADA, "a", "text of a"));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsAMessageThatNobodySent() {
    log.add(LogEntry.message(3, ADA, "a", "text of a"));

    assertFound(Rule.NOTHING_INVENTED);
  }

  @Test
  void findsAMessageWithOtherWords() {
    posts(ADA, "a");
    log.add(LogEntry.message(3, ADA, "a", "other words"));

    assertFound(Rule.NOTHING_INVENTED);
  }

  @Test
  void findsAMessageThatStandsBeforeWhatWasAcknowledgedBeforeIt() {
    posts(ADA, "first");
    happens(new Acknowledged(ADA, ROOM, "first", 4));
    posts(BOB, "second");
    log.add(LogEntry.message(3, BOB, "second", "text of second"));
    log.add(LogEntry.message(4, ADA, "first", "text of first"));

    assertFound(Rule.ORDER_OF_TIME);
  }

  @Test
  void findsAnotherEntryThanThatOfTheLog() {
    says(ADA, "a", 3);
    subscribes(1, BOB, 2, 3);
    hears(1, LogEntry.message(3, ADA, "a", "other words"));

    assertFound(Rule.ONE_ORDER);
  }

  @Test
  void findsAnEntryThatASubscriptionLeftOut() {
    says(ADA, "a", 3);
    subscribes(1, BOB, 1, 3);
    hears(1, log.getLast());

    assertFound(Rule.NO_GAP);
  }

  @Test
  void findsAnEntryThatASubscriptionHeardAgain() {
    subscribes(1, BOB, 1, 2);
    hears(1, log.getLast(), log.getLast());

    assertFound(Rule.NO_GAP);
  }

  @Test
  void findsASubscriptionThatStartsElsewhere() {
    happens(new Asked(1, BOB, ROOM, 1), new Subscribed(1, ROOM, 2, 2));

    assertFound(Rule.CURSOR_KEPT);
  }

  @Test
  void findsASubscriptionThatDoesNotKnowWhatWasAcknowledged() {
    says(ADA, "a", 3);
    subscribes(1, BOB, 2, 2);
    hears(1, log.getLast());

    assertFound(Rule.NOTHING_STALE);
  }

  @Test
  void findsAMessageOfSomebodyWhoLeft() {
    log.add(LogEntry.left(3, ADA));
    says(ADA, "a", 4);

    assertFound(Rule.MEMBERS_ONLY);
  }

  @Test
  void findsASubscriptionOfSomebodyWhoLeft() {
    log.add(LogEntry.left(3, ADA));
    subscribes(1, ADA, 3, 3);

    assertFound(Rule.MEMBERS_ONLY);
  }

  @Test
  void findsAnEntryFromAfterTheOwnLeaving() {
    subscribes(1, ADA, 2, 2);
    log.add(LogEntry.left(3, ADA));
    says(BOB, "secret", 4);
    hears(1, log.get(2), log.get(3));

    assertFound(Rule.NOTHING_AFTER_LEAVING);
  }

  @Test
  void acceptsWhatIsHeardAfterTheReturn() {
    log.add(LogEntry.left(3, ADA));
    log.add(LogEntry.joined(4, ADA));
    says(BOB, "welcome back", 5);
    subscribes(1, ADA, 0, 5);
    hears(1, log.toArray(LogEntry[]::new));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsASubscriptionThatWasForgotten() {
    subscribes(1, BOB, 2, 2);
    says(ADA, "a", 3);

    assertFound(Rule.EVERYTHING_HEARD);
  }

  @Test
  void findsAnEntryOfASubscriptionThatEnded() {
    subscribes(1, BOB, 1, 2);
    happens(new Ended(1, ROOM, "unsubscribed"));
    hears(1, log.getLast());

    assertFound(Rule.NOTHING_UNASKED);
  }

  @Test
  void findsAMemberWhoWasToldThatThereIsNoRoom() {
    happens(new Member(BOB, ROOM, true), new Asked(1, BOB, ROOM, 0));
    happens(new Ended(1, ROOM, Event.NOT_FOUND));

    assertFound(Rule.MEMBERSHIPS_KEPT);
  }

  @Test
  void asksNothingOfASubscriptionThatEnded() {
    subscribes(1, BOB, 2, 2);
    says(ADA, "a", 3);
    happens(new Ended(1, ROOM, "behind"));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsTwoJoiningsInARow() {
    log.add(LogEntry.joined(3, BOB));

    assertFound(Rule.MEMBERSHIPS_KEPT);
  }

  @Test
  void findsAConfirmedLeavingThatTheLogLacks() {
    happens(new Member(BOB, ROOM, true), new Member(BOB, ROOM, false));

    assertFound(Rule.MEMBERSHIPS_KEPT);
  }

  @Test
  void explainsAViolationByTheEventsThatConcernIt() {
    says(BOB, "other", 3);
    posts(ADA, "a");
    happens(new Acknowledged(ADA, ROOM, "a", 4));

    assertThat(check().getFirst().explain(events))
        .contains("NOTHING_LOST", "Posted", "Acknowledged", "id=a")
        .doesNotContain("other");
  }

  private void happens(Event... more) {
    events.addAll(List.of(more));
  }

  private void posts(String person, String id) {
    happens(new Posted(person, ROOM, id, "text of " + id));
  }

  private void unknown(String person, String id) {
    posts(person, id);
    happens(new Unknown(person, ROOM, id));
  }

  private void refused(String person, String id) {
    posts(person, id);
    happens(new Refused(person, ROOM, id, "service-unavailable"));
  }

  private void says(String person, String id, long seq) {
    posts(person, id);
    log.add(LogEntry.message(seq, person, id, "text of " + id));
    happens(new Acknowledged(person, ROOM, id, seq));
  }

  private void subscribes(int subscription, String person, long after, long last) {
    happens(
        new Asked(subscription, person, ROOM, after),
        new Subscribed(subscription, ROOM, after, last));
  }

  private void hears(int subscription, LogEntry... entries) {
    for (LogEntry entry : entries) {
      happens(new Heard(subscription, ROOM, entry));
    }
  }

  private List<Violation> check() {
    return HistoryChecker.check(events, Map.of(ROOM, log));
  }

  private void assertFound(Rule rule) {
    assertThat(check()).extracting(Violation::rule).containsOnly(rule);
  }
}
