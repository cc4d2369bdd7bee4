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
import io.tercet.chat.history.Event.Marked;
import io.tercet.chat.history.Event.Member;
import io.tercet.chat.history.Event.Moves;
import io.tercet.chat.history.Event.PlaceHeard;
import io.tercet.chat.history.Event.PlaceKept;
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
  private static final String TEA = "🍵";
  private static final String CAKE = "🍰";

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
    happens(new Edited(ADA, ROOM, "e1", now(3, 5, "text of e1").with(Marks.none(5))));
    attempts(ADA, "e2", 3, null);
    log.add(LogEntry.edited(4, ADA, 3, "text of e2"));
    log.add(LogEntry.edited(5, ADA, 3, "text of e1"));

    assertFound(Rule.ORDER_OF_TIME);
  }

  @Test
  void findsAMessageThatStandsBeforeAnEditThatWasAcknowledgedBeforeIt() {
    says(ADA, "a", 3);
    attempts(ADA, "e1", 3, null);
    happens(new Edited(ADA, ROOM, "e1", now(3, 5, "text of e1").with(Marks.none(5))));
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
    happens(new Reads(1, BOB, ROOM), read(1, 1, 2, 2, shown(1), shown(2)));

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
    happens(read(1, 3, 3, 3, now(3, 3, "")));
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
    RoomView view = new RoomView(BOB, 2);
    view.addAll(List.of(shown(1), shown(2), now(3, 6, "text of e2"), gone(4, 4)));
    early.stream().skip(1).forEach(view::add);
    view.addAll(List.of(now(3, 5, "text of e1"), now(4, 4, "text of b")));
    log.forEach(entry -> view.add(entry));

    happens(new Kept(BOB, ROOM, view.from(), view.entries()));

    assertThat(check()).isEmpty();
    assertThat(view.entries())
        .extracting(shown -> shown.with(asOfNow()))
        .containsExactly(shown(2), now(3, 6, "text of e2"), gone(4, 4));
  }

  @Test
  void findsNothingInAGoodHistoryOfMarks() {
    subscribes(1, BOB, 0, 2);
    says(ADA, "a", 3);
    hears(1, log.toArray(LogEntry[]::new));
    marks(LogEntry.reacted(4, BOB, 3, TEA));
    marks(LogEntry.reacted(5, ADA, 3, TEA));
    marks(LogEntry.reacted(6, ADA, 3, CAKE));
    marks(LogEntry.unreacted(7, ADA, 3, CAKE));
    marks(LogEntry.pinned(8, ADA, 3));
    answers(BOB, "b", 9, 3);
    wants(LogEntry.pinned(10, BOB, 3), "again");
    happens(new Marked(BOB, ROOM, "again"));
    Marks expected = asOfNow(1, ADA, new Marks.Reaction(TEA, 2, true));
    reads(1, BOB, shown(1), shown(2), shown(3).with(expected), shown(8), shown(9));
    readsPins(2, shown(3).with(expected));
    hears(1, log.subList(3, 9).toArray(LogEntry[]::new));
    RoomView view = new RoomView(BOB);
    log.forEach(view::add);
    happens(new Kept(BOB, ROOM, 1, view.entries()));
    deletes(ADA, "d1", 3, 10);
    hears(1, log.getLast());
    wants(LogEntry.reacted(11, BOB, 3, TEA), "late");
    happens(new Refused(BOB, ROOM, "late", "message-deleted"));
    happens(new Reads(3, BOB, ROOM));
    ShownEntry quoted = gone(3, 3).with(asOfNow(1, ""));
    happens(new Read(3, ROOM, 9, 10, 10, List.of(shown(9)), List.of(quoted)));
    readsPins(4);

    events.removeIf(event -> event instanceof Kept);
    assertThat(check()).isEmpty();
  }

  @Test
  void findsAReactionThatWasThereAlready() {
    says(ADA, "a", 3);
    marks(LogEntry.reacted(4, BOB, 3, TEA));
    marks(LogEntry.reacted(5, BOB, 3, TEA));

    assertFound(Rule.NO_EMPTY_MARKS);
  }

  @Test
  void findsAReactionThatEndsWithoutBeingThere() {
    says(ADA, "a", 3);
    marks(LogEntry.reacted(4, ADA, 3, TEA));
    marks(LogEntry.unreacted(5, BOB, 3, TEA));

    assertFound(Rule.NO_EMPTY_MARKS);
  }

  @Test
  void findsAPinThatWasThereAlready() {
    says(ADA, "a", 3);
    marks(LogEntry.pinned(4, BOB, 3));
    marks(LogEntry.pinned(5, ADA, 3));

    assertFound(Rule.NO_EMPTY_MARKS);
  }

  @Test
  void findsAMarkOfADeletedMessage() {
    says(ADA, "a", 3);
    deletes(ADA, "d1", 3, 4);
    wants(LogEntry.pinned(5, BOB, 3), "p");
    log.add(LogEntry.pinned(5, BOB, 3));

    assertFound(Rule.DELETED_FOR_GOOD);
  }

  @Test
  void findsAMarkOfWhatIsNoMessage() {
    marks(LogEntry.pinned(3, BOB, 1));

    assertFound(Rule.CHANGES_OF_MESSAGES);
  }

  @Test
  void findsAMarkOfSomebodyWhoLeft() {
    says(ADA, "a", 3);
    log.add(LogEntry.left(4, BOB));
    marks(LogEntry.reacted(5, BOB, 3, TEA));

    assertFound(Rule.MEMBERS_ONLY);
  }

  @Test
  void findsMoreEmojiThanAMessageMayHave() {
    says(ADA, "a", 3);
    for (int each = 0; each < 50; each++) {
      marks(LogEntry.reacted(4 + each, BOB, 3, "emoji " + each));
    }
    assertThat(check()).isEmpty();
    marks(LogEntry.reacted(54, ADA, 3, "one too many"));

    assertFound(Rule.LIMITS_KEPT);
  }

  @Test
  void findsMorePinsThanARoomMayHave() {
    for (int each = 3; each < 205; each += 2) {
      says(ADA, "a" + each, each);
      marks(LogEntry.pinned(each + 1, BOB, each));
    }

    assertFound(Rule.LIMITS_KEPT);
  }

  @Test
  void acceptsAsManyPinsAsARoomMayHaveAndAnotherForOneThatEnded() {
    for (int each = 3; each < 203; each += 2) {
      says(ADA, "a" + each, each);
      marks(LogEntry.pinned(each + 1, BOB, each));
    }
    deletes(ADA, "d1", 3, 203);
    says(ADA, "last", 204);
    marks(LogEntry.pinned(205, BOB, 204));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsAConfirmedReactionThatTheLogLacks() {
    says(ADA, "a", 3);
    wants(LogEntry.reacted(4, BOB, 3, TEA), "r");
    happens(new Marked(BOB, ROOM, "r"));

    assertFound(Rule.NOTHING_LOST);
  }

  @Test
  void findsAConfirmedEndOfAPinThatIsStillThere() {
    says(ADA, "a", 3);
    marks(LogEntry.pinned(4, BOB, 3));
    says(ADA, "b", 5);
    wants(LogEntry.unpinned(6, BOB, 3), "u");
    happens(new Marked(BOB, ROOM, "u"));

    assertFound(Rule.NOTHING_LOST);
  }

  @Test
  void findsAReactionThatNobodyWanted() {
    says(ADA, "a", 3);
    wants(LogEntry.reacted(4, BOB, 3, CAKE), "r");
    happens(new Unknown(BOB, ROOM, "r"));
    log.add(LogEntry.reacted(4, BOB, 3, TEA));

    assertFound(Rule.NOTHING_INVENTED);
  }

  @Test
  void findsARefusedPinInTheLog() {
    says(ADA, "a", 3);
    wants(LogEntry.pinned(4, BOB, 3), "p");
    happens(new Refused(BOB, ROOM, "p", "service-unavailable"));
    log.add(LogEntry.pinned(4, BOB, 3));

    assertFound(Rule.NOTHING_REFUSED);
  }

  @Test
  void findsAReactionThatStandsBeforeWhatWasAcknowledgedBeforeIt() {
    says(ADA, "a", 3);
    posts(ADA, "b");
    happens(new Acknowledged(ADA, ROOM, "b", 5));
    wants(LogEntry.reacted(4, BOB, 3, TEA), "r");
    log.add(LogEntry.reacted(4, BOB, 3, TEA));
    log.add(LogEntry.message(5, ADA, "b", "text of b"));

    assertFound(Rule.ORDER_OF_TIME);
  }

  @Test
  void findsARefusalOfAReactionWithoutReason() {
    says(ADA, "a", 3);
    for (String problem :
        List.of("message-deleted", "message-not-found", "too-many-reactions", "too-many-pins")) {
      events.removeIf(event -> event instanceof Refused);
      wants(LogEntry.reacted(4, BOB, 3, TEA), "r");
      happens(new Refused(BOB, ROOM, "r", problem));

      assertFound(Rule.REFUSED_FOR_A_REASON);
    }
  }

  @Test
  void findsAReadingThatCountsAReactionWrong() {
    says(ADA, "a", 3);
    marks(LogEntry.reacted(4, ADA, 3, TEA));
    marks(LogEntry.reacted(5, BOB, 3, TEA));
    Marks right = asOfNow(0, "", new Marks.Reaction(TEA, 2, true));

    for (Marks wrong :
        List.of(
            asOfNow(),
            asOfNow(0, "", new Marks.Reaction(TEA, 1, true)),
            asOfNow(0, "", new Marks.Reaction(TEA, 2, false)),
            asOfNow(0, "", new Marks.Reaction(CAKE, 2, true)),
            asOfNow(1, "", new Marks.Reaction(TEA, 2, true)),
            asOfNow(0, ADA, new Marks.Reaction(TEA, 2, true)))) {
      events.removeIf(event -> event instanceof Reads || event instanceof Read);
      reads(1, BOB, shown(1), shown(2), shown(3).with(wrong));
      assertFound(Rule.SHOWN_AS_LOGGED);
    }
    events.removeIf(event -> event instanceof Reads || event instanceof Read);
    reads(1, BOB, shown(1), shown(2), shown(3).with(right));
    assertThat(check()).isEmpty();
  }

  @Test
  void findsAReadingThatIsNotOfOneMoment() {
    says(ADA, "a", 3);
    unknown(BOB, "b");
    long before = log.getLast().seq();
    attempts(ADA, "e1", 3, null);
    happens(new Unknown(ADA, ROOM, "e1"), new Reads(1, BOB, ROOM));
    log.add(LogEntry.edited(4, ADA, 3, "text of e1"));
    ShownEntry mixed = now(3, 4, "text of e1").with(Marks.none(before));
    happens(read(1, 3, 3, 0, mixed));

    assertFound(Rule.SHOWN_AS_LOGGED);
  }

  @Test
  void findsAReadingWithOlderMarksThanWhatWasTold() {
    says(ADA, "a", 3);
    says(BOB, "b", 4);
    reads(1, BOB, shown(1), shown(2), shown(3).with(Marks.none(3)), shown(4));

    assertFound(Rule.NOTHING_STALE);
  }

  @Test
  void findsOtherPinsThanThoseOfTheLog() {
    says(ADA, "a", 3);
    says(ADA, "b", 4);
    marks(LogEntry.pinned(5, BOB, 3));
    marks(LogEntry.pinned(6, BOB, 4));
    says(ADA, "c", 7);
    ShownEntry older = shown(3).with(asOfNow(0, BOB));
    ShownEntry newer = shown(4).with(asOfNow(0, BOB));
    readsPins(1, newer, older);
    assertThat(check()).isEmpty();
    for (List<ShownEntry> wrong : List.of(List.of(newer), List.of(older, newer))) {
      readsPins(2, wrong.toArray(ShownEntry[]::new));
      assertFound(Rule.SHOWN_AS_LOGGED);
      events.subList(events.size() - 2, events.size()).clear();
    }
  }

  @Test
  void findsAClientThatCountsWrong() {
    says(ADA, "a", 3);
    marks(LogEntry.reacted(4, ADA, 3, TEA));
    keeps(shown(1), shown(2), shown(3).with(asOfNow(0, "", new Marks.Reaction(TEA, 2, false))));

    assertFound(Rule.ONE_ROOM);
  }

  @Test
  void aClientCountsOnlyWhatThePageHasNotCounted() {
    says(ADA, "a", 3);
    marks(LogEntry.reacted(4, ADA, 3, TEA));
    answers(BOB, "b", 5, 3);
    ShownEntry early = shown(3).with(asOfNow(1, "", new Marks.Reaction(TEA, 1, false)));
    marks(LogEntry.reacted(6, BOB, 3, TEA));
    marks(LogEntry.reacted(7, BOB, 3, CAKE));
    marks(LogEntry.unreacted(8, ADA, 3, TEA));
    marks(LogEntry.pinned(9, BOB, 3));
    answers(ADA, "c", 10, 3);
    deletes(BOB, "d1", 5, 11);
    RoomView view = new RoomView(BOB, 3);
    view.addAll(List.of(early));
    log.subList(2, 8).forEach(view::add);
    view.addAll(List.of(early));
    log.subList(4, 11).forEach(view::add);
    happens(new Kept(BOB, ROOM, 3, view.entries()));

    assertThat(check()).isEmpty();
    assertThat(view.entries().getFirst().marks())
        .isEqualTo(
            asOfNow(1, BOB, new Marks.Reaction(TEA, 1, true), new Marks.Reaction(CAKE, 1, true)));
  }

  @Test
  void findsAReplyToWhatIsNoMessage() {
    answers(BOB, "b", 3, 1);

    assertFound(Rule.REPLIES_TO_MESSAGES);
  }

  @Test
  void findsAReplyToAMessageThatWasDeletedThen() {
    says(ADA, "a", 3);
    deletes(ADA, "d1", 3, 4);
    answers(BOB, "b", 5, 3);

    assertFound(Rule.REPLIES_TO_MESSAGES);
  }

  @Test
  void findsAMessageThatAnswersAnotherOneThanItsSenderSaid() {
    says(ADA, "a", 3);
    says(ADA, "b", 4);
    answers(BOB, "c", 5, 3);
    log.set(4, LogEntry.reply(5, BOB, "c", "text of c", 4));

    assertFound(Rule.NOTHING_INVENTED);
  }

  @Test
  void findsAReplyThatWasRefusedWithoutReason() {
    says(ADA, "a", 3);
    happens(new Posted(BOB, ROOM, "b", "text of b", 3));
    happens(new Refused(BOB, ROOM, "b", "message-deleted"));

    assertFound(Rule.REFUSED_FOR_A_REASON);
  }

  @Test
  void findsAPageThatDoesNotQuoteWhatItsMessagesAnswer() {
    says(ADA, "a", 3);
    answers(BOB, "b", 4, 3);
    happens(new Reads(1, BOB, ROOM), read(1, 4, 4, 4, shown(4)));

    assertFound(Rule.SHOWN_AS_LOGGED);
  }

  @Test
  void findsNothingInAGoodHistoryOfPlaces() {
    says(ADA, "a", 3);
    readsUnread(1, BOB, 2, 1, 3);
    moves(BOB, "m1", 3, false);
    readsUnread(2, BOB, 3, 0, 0);
    says(ADA, "b", 4);
    says(BOB, "c", 5);
    readsUnread(3, BOB, 3, 1, 4);
    moves(BOB, "m2", 5, false);
    moves(BOB, "m3", 4, false);
    happens(new PlaceHeard(1, BOB, ROOM, 3), new PlaceHeard(1, BOB, ROOM, 5));
    moves(BOB, "m4", 2, true);
    happens(new PlaceHeard(1, BOB, ROOM, 2), new PlaceHeard(2, BOB, ROOM, 2));
    readsUnread(4, BOB, 2, 2, 3);
    deletes(ADA, "d1", 3, 6);
    readsUnread(5, BOB, 2, 1, 4);
    happens(new PlaceKept(1, BOB, ROOM, 2), new PlaceKept(2, BOB, ROOM, 2));

    assertThat(check()).isEmpty();
  }

  @Test
  void acceptsEitherPlaceWhileTwoMovesAreUnderWay() {
    says(ADA, "a", 3);
    says(ADA, "b", 4);
    moves(BOB, "m1", 4, false);
    happens(new Moves(BOB, ROOM, "m2", 2, true), new Moves(BOB, ROOM, "m3", 3, false));
    readsUnread(1, BOB, 4, 0, 0);
    readsUnread(2, BOB, 2, 2, 3);
    readsUnread(3, BOB, 3, 1, 4);

    assertThat(check()).isEmpty();
  }

  @Test
  void findsAPlaceThatNobodyMovedThere() {
    says(ADA, "a", 3);
    readsUnread(1, BOB, 3, 0, 0);

    assertFound(Rule.PLACE_KEPT);
  }

  @Test
  void findsAPlaceFromBeforeTheLastMove() {
    says(ADA, "a", 3);
    moves(BOB, "m1", 3, false);
    readsUnread(1, BOB, 2, 1, 3);

    assertFound(Rule.PLACE_KEPT);
  }

  @Test
  void findsAPlaceThatAMoveForwardMovedBack() {
    says(ADA, "a", 3);
    says(ADA, "b", 4);
    moves(BOB, "m1", 4, false);
    moves(BOB, "m2", 3, false);
    readsUnread(1, BOB, 3, 1, 4);

    assertFound(Rule.PLACE_KEPT);
  }

  @Test
  void findsAPlaceThatWasNotMovedBack() {
    says(ADA, "a", 3);
    moves(BOB, "m1", 3, false);
    moves(BOB, "m2", 1, true);
    readsUnread(1, BOB, 3, 0, 0);

    assertFound(Rule.PLACE_KEPT);
  }

  @Test
  void findsAClientThatHearsOfAnEarlierPlaceThoughNobodyWentBack() {
    says(ADA, "a", 3);
    moves(BOB, "m1", 2, false);
    moves(BOB, "m2", 3, false);
    happens(new PlaceHeard(1, BOB, ROOM, 3), new PlaceHeard(1, BOB, ROOM, 2));

    assertFound(Rule.PLACE_KEPT);
  }

  @Test
  void findsClientsThatEndWithDifferentPlaces() {
    says(ADA, "a", 3);
    moves(BOB, "m1", 3, false);
    happens(new PlaceKept(1, BOB, ROOM, 3), new PlaceKept(2, BOB, ROOM, 2));

    assertFound(Rule.ONE_PLACE);
  }

  @Test
  void findsAClientThatEndsWithAnotherPlaceThanTheService() {
    says(ADA, "a", 3);
    moves(BOB, "m1", 3, false);
    readsUnread(1, BOB, 3, 0, 0);
    happens(new PlaceKept(1, BOB, ROOM, 2));

    assertFound(Rule.ONE_PLACE);
  }

  @Test
  void findsAnUnreadCountThatNoLogHad() {
    says(ADA, "a", 3);
    says(BOB, "own", 4);
    says(ADA, "b", 5);
    readsUnread(1, BOB, 2, 2, 3);
    assertThat(check()).isEmpty();
    for (List<Integer> wrong :
        List.of(List.of(3, 3), List.of(1, 3), List.of(0, 0), List.of(2, 5), List.of(2, 4))) {
      readsUnread(2, BOB, 2, wrong.getFirst(), wrong.getLast());
      assertFound(Rule.UNREAD_AS_LOGGED);
      events.subList(events.size() - 2, events.size()).clear();
    }
  }

  @Test
  void findsAnswersThatNoLogHadAtOneMoment() {
    says(ADA, "a", 3);
    answers(BOB, "b", 4, 3);
    answers(ADA, "c", 5, 3);
    says(ADA, "d", 6);
    answers(BOB, "e", 7, 3);
    deletes(ADA, "gone", 5, 8);
    ShownEntry first = shown(4);
    ShownEntry last = shown(7);
    readsReplies(1, 0, false, first, last);
    readsReplies(2, 4, false, last);
    readsReplies(3, 7, false);
    readsReplies(4, 0, true, first);
    assertThat(check()).isEmpty();
    for (List<ShownEntry> wrong :
        List.of(
            List.of(first),
            List.<ShownEntry>of(),
            List.of(last, first),
            List.of(first, first, last),
            List.of(first, shown(6), last),
            List.of(first, last.with(Marks.none(7))))) {
      readsReplies(5, 0, false, wrong.toArray(ShownEntry[]::new));
      assertThat(check()).extracting(Violation::rule).contains(Rule.SHOWN_AS_LOGGED);
      events.subList(events.size() - 2, events.size()).clear();
    }
    readsReplies(6, 0, true, first, last);
    assertFound(Rule.SHOWN_AS_LOGGED);
  }

  @Test
  void findsAnswersThatAreShownToSomebodyWhoLeft() {
    says(ADA, "a", 3);
    answers(ADA, "b", 4, 3);
    log.add(LogEntry.left(5, BOB));
    says(ADA, "c", 6);
    readsReplies(1, 0, false, shown(4));

    assertFound(Rule.MEMBERS_ONLY);
  }

  private void happens(Event... more) {
    events.addAll(List.of(more));
  }

  private void posts(String person, String id) {
    happens(new Posted(person, ROOM, id, "text of " + id, 0));
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

  private void answers(String person, String id, long seq, long target) {
    happens(new Posted(person, ROOM, id, "text of " + id, target));
    log.add(LogEntry.reply(seq, person, id, "text of " + id, target));
    happens(new Acknowledged(person, ROOM, id, seq));
  }

  private void wants(LogEntry mark, String id) {
    String emoji = mark.isReaction() ? mark.text() : "";
    happens(new Event.Marks(mark.person(), ROOM, id, mark.kind(), mark.target(), emoji));
  }

  private void marks(LogEntry mark) {
    String id = "mark " + mark.seq();
    wants(mark, id);
    log.add(mark);
    happens(new Marked(mark.person(), ROOM, id));
  }

  private void readsPins(int reading, ShownEntry... entries) {
    happens(new Reads(reading, BOB, ROOM), new Event.ReadPins(reading, ROOM, List.of(entries)));
  }

  private void readsReplies(int reading, long after, boolean more, ShownEntry... entries) {
    happens(
        new Reads(reading, BOB, ROOM),
        new Event.ReadReplies(reading, ROOM, 3, after, more, List.of(entries)));
  }

  private void moves(String person, String id, long seq, boolean back) {
    happens(new Moves(person, ROOM, id, seq, back), new Event.Moved(person, ROOM, id));
  }

  private void readsUnread(int reading, String person, long place, int unread, long first) {
    happens(
        new Reads(reading, person, ROOM),
        new Event.ReadUnread(reading, ROOM, place, unread, first));
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
    return ShownEntry.of(log.get((int) seq - 1)).with(asOfNow());
  }

  private ShownEntry now(long seq, long version, String text) {
    return new ShownEntry(log.get((int) seq - 1).withText(text), version, false, asOfNow());
  }

  private ShownEntry gone(long seq, long version) {
    return new ShownEntry(log.get((int) seq - 1).withText(""), version, true, asOfNow());
  }

  private Marks asOfNow() {
    return Marks.none(log.getLast().seq());
  }

  private Marks asOfNow(int replies, String pinnedBy, Marks.Reaction... reactions) {
    return new Marks(log.getLast().seq(), List.of(reactions), replies, pinnedBy);
  }

  private void reads(int reading, String person, ShownEntry... entries) {
    long last = log.getLast().seq();
    happens(new Reads(reading, person, ROOM), read(reading, entries[0].seq(), last, last, entries));
  }

  private static Read read(int reading, long from, long to, long last, ShownEntry... entries) {
    return new Read(reading, ROOM, from, to, last, List.of(entries), List.of());
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
