package io.tercet.chat.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.history.Event.Acknowledged;
import io.tercet.chat.history.Event.Asked;
import io.tercet.chat.history.Event.Deleted;
import io.tercet.chat.history.Event.Deletes;
import io.tercet.chat.history.Event.Edited;
import io.tercet.chat.history.Event.Edits;
import io.tercet.chat.history.Event.Ended;
import io.tercet.chat.history.Event.Heard;
import io.tercet.chat.history.Event.Kept;
import io.tercet.chat.history.Event.Member;
import io.tercet.chat.history.Event.Posted;
import io.tercet.chat.history.Event.Read;
import io.tercet.chat.history.Event.Reads;
import io.tercet.chat.history.Event.Refused;
import io.tercet.chat.history.Event.Subscribed;
import io.tercet.chat.history.Event.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  @Test
  void findsNothingInAGoodHistoryOfChanges() {
    subscribes(1, BOB, 0, 2);
    says(ADA, "a", 3);
    edits(ADA, "e1", 3, 4, 3L);
    attempts(ADA, "e2", 3, 3L);
    happens(new Refused(ADA, ROOM, "e2", "precondition-failed"));
    hears(1, log.toArray(LogEntry[]::new));
    reads(1, BOB, shown(1), shown(2), now(3, 4, "text of e1"));
    attempts(ADA, "e3", 3, null);
    happens(new Unknown(ADA, ROOM, "e3"));
    log.add(LogEntry.edited(5, ADA, 3, "text of e3"));
    edits(ADA, "e4", 3, 6, 5L);
    hears(1, log.get(4), log.get(5));
    deletes(ADA, "d1", 3, 7);
    happens(new Deletes(ADA, ROOM, "d2", 3), new Deleted(ADA, ROOM, "d2", 3));
    attempts(ADA, "e5", 3, null);
    happens(new Refused(ADA, ROOM, "e5", "message-deleted"));
    hears(1, log.get(6));
    subscribes(2, ADA, 0, 7);
    hears(2, log.toArray(LogEntry[]::new));
    reads(2, BOB, shown(1), shown(2), gone(3, 6));
    keeps(shown(1), shown(2), gone(3, 6));

    assertThat(check()).isEmpty();
  }

  @Test
  void acceptsAnEditThatWasWrittenAgainSinceAnotherCameBetween() {
    says(ADA, "a", 3);
    attempts(ADA, "mine", 3, null);
    happens(new Unknown(ADA, ROOM, "mine"));
    log.add(LogEntry.edited(4, ADA, 3, "text of mine"));
    edits(ADA, "other", 3, 5, null);
    edits(ADA, "mine", 3, 6, null);

    assertThat(check()).isEmpty();
  }

  @Test
  void acceptsAnAnswerThatShowsTheNextEdit() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    edits(ADA, "e2", 3, 5, null);
    log.add(3, LogEntry.edited(4, ADA, 3, "text of e1"));
    happens(new Edited(ADA, ROOM, "e1", now(3, 5, "text of e2")));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsAnAcknowledgedEditThatTheLogLacks() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Edited(ADA, ROOM, "e1", now(3, 3, "text of a")));

    assertFound(Rule.NOTHING_LOST);
  }

  @Test
  void findsAnAcknowledgedEditOfADeletedMessageThatTheLogLacks() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Edited(ADA, ROOM, "e1", now(3, 3, "text of a")));
    deletes(ADA, "d1", 3, 4);

    assertFound(Rule.NOTHING_LOST);
  }

  @Test
  void findsAnAcknowledgedDeletionThatTheLogLacks() {
    says(ADA, "a", 3);
    happens(new Deletes(ADA, ROOM, "d1", 3), new Deleted(ADA, ROOM, "d1", 3));

    assertFound(Rule.NOTHING_LOST);
  }

  @Test
  void findsAnEditThatTheLogHasTwice() {
    says(ADA, "a", 3);
    edits(ADA, "e1", 3, 4, null);
    edits(ADA, "e2", 3, 5, null);
    log.add(LogEntry.edited(6, ADA, 3, "text of e1"));

    assertFound(Rule.NOTHING_TWICE);
  }

  @Test
  void findsAnEditThatChangesNothing() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Unknown(ADA, ROOM, "e1"));
    log.add(LogEntry.edited(4, ADA, 3, "text of e1"));
    edits(ADA, "e1", 3, 5, null);

    assertFound(Rule.NOTHING_TWICE);
  }

  @Test
  void findsARefusedEditInTheLog() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, 3L);
    happens(new Refused(ADA, ROOM, "e1", "service-unavailable"));
    log.add(LogEntry.edited(4, ADA, 3, "text of e1"));

    assertFound(Rule.NOTHING_REFUSED);
  }

  @Test
  void findsARefusedDeletionInTheLog() {
    says(ADA, "a", 3);
    happens(new Deletes(ADA, ROOM, "d1", 3), new Refused(ADA, ROOM, "d1", "service-unavailable"));
    log.set(2, log.get(2).withText(""));
    log.add(LogEntry.deleted(4, ADA, 3));

    assertFound(Rule.NOTHING_REFUSED);
  }

  @Test
  void findsAnEditWithOtherWords() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    log.add(LogEntry.edited(4, ADA, 3, "other words"));

    assertFound(Rule.NOTHING_INVENTED);
  }

  @Test
  void findsADeletionThatNobodyWanted() {
    says(ADA, "a", 3);
    log.set(2, log.get(2).withText(""));
    log.add(LogEntry.deleted(4, ADA, 3));

    assertFound(Rule.NOTHING_INVENTED);
  }

  @Test
  void findsAnEditThatStandsBeforeWhatWasAcknowledgedBeforeIt() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Edited(ADA, ROOM, "e1", now(3, 5, "text of e1")));
    attempts(ADA, "e2", 3, null);
    log.add(LogEntry.edited(4, ADA, 3, "text of e2"));
    log.add(LogEntry.edited(5, ADA, 3, "text of e1"));

    assertFound(Rule.ORDER_OF_TIME);
  }

  @Test
  void findsAMessageThatStandsBeforeAnEditThatWasAcknowledgedBeforeIt() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Edited(ADA, ROOM, "e1", now(3, 5, "text of e1")));
    posts(ADA, "b");
    log.add(LogEntry.message(4, ADA, "b", "text of b"));
    log.add(LogEntry.edited(5, ADA, 3, "text of e1"));

    assertFound(Rule.ORDER_OF_TIME);
  }

  @Test
  void findsAnEditOfWhatIsNoMessage() {
    edits(ADA, "e1", 1, 3, null);

    assertThat(check()).extracting(Violation::rule).contains(Rule.CHANGES_OF_MESSAGES);
  }

  @Test
  void findsAnEditBySomebodyElse() {
    says(BOB, "a", 3);
    edits(ADA, "e1", 3, 4, null);

    assertFound(Rule.AUTHOR_ONLY);
  }

  @Test
  void findsADeletionBySomebodyElse() {
    says(ADA, "a", 3);
    deletes(BOB, "d1", 3, 4);

    assertFound(Rule.AUTHOR_ONLY);
  }

  @Test
  void acceptsADeletionByWhoWasInTheRoomFirst() {
    says(BOB, "a", 3);
    deletes(ADA, "d1", 3, 4);

    assertThat(check()).isEmpty();
  }

  @Test
  void findsAnEditBySomebodyWhoLeft() {
    says(ADA, "a", 3);
    log.add(LogEntry.left(4, ADA));
    edits(ADA, "e1", 3, 5, null);

    assertFound(Rule.MEMBERS_ONLY);
  }

  @Test
  void findsAnEditThatDoesNotFollowTheVersionThatItNames() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Unknown(ADA, ROOM, "e1"));
    log.add(LogEntry.edited(4, ADA, 3, "text of e1"));
    edits(ADA, "e2", 3, 5, 3L);

    assertFound(Rule.VERSION_NAMED);
  }

  @Test
  void findsAnEditOfADeletedMessageThatDidNotFollowTheVersionThatItNames() {
    says(ADA, "a", 3);
    edits(ADA, "e1", 3, 4, null);
    edits(ADA, "e2", 3, 5, 3L);
    deletes(ADA, "d1", 3, 6);

    assertFound(Rule.VERSION_NAMED);
  }

  @Test
  void findsARefusalOfTheVersionThatTheMessageHas() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, 3L);
    happens(new Refused(ADA, ROOM, "e1", "precondition-failed"));

    assertFound(Rule.REFUSED_FOR_A_REASON);
  }

  @Test
  void findsARefusalOfTheAuthor() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Refused(ADA, ROOM, "e1", "author-only"));

    assertFound(Rule.REFUSED_FOR_A_REASON);
  }

  @Test
  void findsAnEditBehindTheDeletion() {
    says(ADA, "a", 3);
    deletes(ADA, "d1", 3, 4);
    edits(ADA, "e1", 3, 5, null);
    log.set(4, log.get(4).withText(""));

    assertThat(check()).extracting(Violation::rule).contains(Rule.DELETED_FOR_GOOD);
  }

  @Test
  void findsASecondDeletion() {
    says(ADA, "a", 3);
    deletes(ADA, "d1", 3, 4);
    deletes(ADA, "d2", 3, 5);

    assertFound(Rule.DELETED_FOR_GOOD);
  }

  @Test
  void findsTheTextOfADeletedMessageInTheLog() {
    says(ADA, "a", 3);
    deletes(ADA, "d1", 3, 4);
    log.set(2, log.get(2).withText("text of a"));

    assertFound(Rule.NOTHING_OF_DELETED);
  }

  @Test
  void findsTheTextOfAnEditOfADeletedMessageInTheLog() {
    says(ADA, "a", 3);
    edits(ADA, "e1", 3, 4, null);
    deletes(ADA, "d1", 3, 5);
    log.set(3, log.get(3).withText("text of e1"));

    assertFound(Rule.NOTHING_OF_DELETED);
  }

  @Test
  void findsTheTextOfADeletedMessageInALaterSubscription() {
    says(ADA, "a", 3);
    deletes(ADA, "d1", 3, 4);
    subscribes(1, BOB, 2, 4);
    hears(1, LogEntry.message(3, ADA, "a", "text of a"), log.get(3));

    assertFound(Rule.NOTHING_OF_DELETED);
  }

  @Test
  void acceptsATextThatWasOnItsWayWhenItWasDeleted() {
    says(ADA, "a", 3);
    subscribes(1, BOB, 2, 3);
    deletes(ADA, "d1", 3, 4);
    hears(1, LogEntry.message(3, ADA, "a", "text of a"), log.get(3));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsOtherWordsOfADeletedMessage() {
    says(ADA, "a", 3);
    subscribes(1, BOB, 2, 3);
    deletes(ADA, "d1", 3, 4);
    hears(1, LogEntry.message(3, ADA, "a", "other words"), log.get(3));

    assertFound(Rule.NOTHING_INVENTED);
  }

  @Test
  void findsTheTextOfADeletedMessageInALaterReading() {
    says(ADA, "a", 3);
    deletes(ADA, "d1", 3, 4);
    reads(1, BOB, shown(1), shown(2), now(3, 3, "text of a"));

    assertFound(Rule.NOTHING_OF_DELETED);
  }

  @Test
  void findsAReadingOfAnOlderVersionThanWhatWasAcknowledged() {
    says(ADA, "a", 3);
    edits(ADA, "e1", 3, 4, null);
    reads(1, BOB, shown(1), shown(2), now(3, 3, "text of a"));

    assertFound(Rule.NOTHING_STALE);
  }

  @Test
  void findsAnAnswerWithAnOlderVersionThanWhatWasAcknowledged() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Unknown(ADA, ROOM, "e1"));
    log.add(LogEntry.edited(4, ADA, 3, "text of e1"));
    edits(ADA, "e2", 3, 5, null);
    attempts(ADA, "e1", 3, null);
    happens(new Edited(ADA, ROOM, "e1", now(3, 4, "text of e1")));

    assertFound(Rule.NOTHING_STALE);
  }

  @Test
  void findsAReadingThatDoesNotKnowWhatWasAcknowledged() {
    says(ADA, "a", 3);
    happens(new Reads(1, BOB, ROOM), new Read(1, ROOM, 1, 2, 2, List.of(shown(1), shown(2))));

    assertFound(Rule.NOTHING_STALE);
  }

  @Test
  void findsAReadingThatLeavesAPlaceOut() {
    says(ADA, "a", 3);
    reads(1, BOB, shown(1), shown(3));

    assertFound(Rule.SHOWN_AS_LOGGED);
  }

  @Test
  void findsAReadingWithTheTextOfAnotherVersion() {
    says(ADA, "a", 3);
    edits(ADA, "e1", 3, 4, null);
    reads(1, BOB, shown(1), shown(2), now(3, 4, "text of a"));

    assertFound(Rule.SHOWN_AS_LOGGED);
  }

  @Test
  void findsAReadingOfABlankMessageThatIsNotDeletedYet() {
    says(ADA, "a", 3);
    happens(new Deletes(ADA, ROOM, "d1", 3), new Reads(1, BOB, ROOM));
    happens(new Read(1, ROOM, 3, 3, 3, List.of(now(3, 3, ""))));
    log.set(2, log.get(2).withText(""));
    log.add(LogEntry.deleted(4, ADA, 3));

    assertFound(Rule.SHOWN_AS_LOGGED);
  }

  @Test
  void findsAReadingOfSomebodyWhoLeft() {
    log.add(LogEntry.left(3, BOB));
    says(ADA, "secret", 4);
    reads(1, BOB, shown(1), shown(2), shown(3), shown(4));

    assertFound(Rule.MEMBERS_ONLY);
  }

  @Test
  void findsAClientThatKeepsAnotherRoom() {
    says(ADA, "a", 3);
    edits(ADA, "e1", 3, 4, null);
    keeps(shown(1), shown(2), now(3, 3, "text of a"));

    assertFound(Rule.ONE_ROOM);
  }

  @Test
  void aClientKeepsTheSameRoomInWhateverOrderItComes() {
    says(ADA, "a", 3);
    says(BOB, "b", 4);
    edits(ADA, "e1", 3, 5, null);
    List<LogEntry> early = List.copyOf(log);
    edits(ADA, "e2", 3, 6, null);
    deletes(BOB, "d1", 4, 7);
    RoomView view = new RoomView(2);
    view.addAll(List.of(shown(1), shown(2), now(3, 6, "text of e2"), gone(4, 4)));
    early.stream().skip(1).forEach(view::add);
    view.addAll(List.of(now(3, 5, "text of e1"), now(4, 4, "text of b")));
    log.forEach(entry -> view.add(entry));

    happens(new Kept(BOB, ROOM, view.from(), view.entries()));

    assertThat(check()).isEmpty();
    assertThat(view.entries()).containsExactly(shown(2), now(3, 6, "text of e2"), gone(4, 4));
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

  private void attempts(String person, String id, long target, @Nullable Long version) {
    happens(new Edits(person, ROOM, id, target, "text of " + id, version));
  }

  private void edits(String person, String id, long target, long seq, @Nullable Long version) {
    attempts(person, id, target, version);
    String text = "text of " + id;
    log.add(LogEntry.edited(seq, person, target, text));
    happens(new Edited(person, ROOM, id, now(target, seq, text)));
  }

  /// Deletes a message, and removes its texts from the log as the database does.
  private void deletes(String person, String id, long target, long seq) {
    happens(new Deletes(person, ROOM, id, target));
    log.replaceAll(entry ->
        entry.seq() == target || (entry.isEdit() && entry.target() == target)
            ? entry.withText("")
            : entry);
    log.add(LogEntry.deleted(seq, person, target));
    happens(new Deleted(person, ROOM, id, target));
  }

  private ShownEntry shown(long seq) {
    return ShownEntry.of(log.get((int) seq - 1));
  }

  private ShownEntry now(long seq, long version, String text) {
    return new ShownEntry(log.get((int) seq - 1).withText(text), version, false);
  }

  private ShownEntry gone(long seq, long version) {
    return new ShownEntry(log.get((int) seq - 1).withText(""), version, true);
  }

  private void reads(int reading, String person, ShownEntry... entries) {
    long last = log.getLast().seq();
    happens(
        new Reads(reading, person, ROOM),
        new Read(reading, ROOM, entries[0].seq(), last, last, List.of(entries)));
  }

  private void keeps(ShownEntry... entries) {
    happens(new Kept(BOB, ROOM, 1, List.of(entries)));
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
