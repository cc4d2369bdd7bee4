package io.tercet.chat.history;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the subscriptions to one room heard.
final class SubscriptionRules {

  private final RoomLog log;
  private final List<Violation> violations;
  private final Map<Integer, Open> open = new LinkedHashMap<>();

  /// The number of the membership that was confirmed last, of those who have not begun to leave.
  private final Map<String, Integer> memberSince = new HashMap<>();

  private int memberships;

  /// The newest `seq` that anybody was told of, at this place in the history.
  private long told;

  /// A subscription that has not ended. `leaving` is the `seq` by which its person leaves,
  /// `toldBefore` the newest one that anybody was told of before it was asked for.
  private static final class Open {
    final int number;
    final String person;
    final long asked;
    final long toldBefore;
    final int memberSince;
    boolean started;
    long next;
    long leaving = Long.MAX_VALUE;

    Open(Event.Asked asked, long toldBefore, int memberSince) {
      this.number = asked.subscription();
      this.person = asked.person();
      this.asked = asked.after();
      this.toldBefore = toldBefore;
      this.memberSince = memberSince;
    }
  }

  SubscriptionRules(RoomLog log, List<Violation> violations) {
    this.log = log;
    this.violations = violations;
  }

  void check(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case Event.Asked asked ->
            open.put(
                asked.subscription(),
                new Open(asked, told, memberSince.getOrDefault(asked.person(), 0)));
        case Event.Subscribed(int number, _, long after, long last) ->
            subscribed(of(number), after, last);
        case Event.Heard heard -> heard(heard);
        case Event.Ended ended -> ended(ended);
        case Event.Leaving leaving -> memberSince.remove(leaving.person());
        case Event.Member member -> {
          if (member.member()) {
            memberSince.putIfAbsent(member.person(), ++memberships);
          }
        }
        default -> {}
      }
      told = Math.max(told, log.told(event));
    }
    open.values().stream().filter(each -> each.started).forEach(this::checkHeardAll);
  }

  private void subscribed(Open subscription, long after, long last) {
    subscription.started = true;
    subscription.next = after + 1;
    subscription.leaving = log.leavingAfter(subscription.person, last);
    if (after != subscription.asked) {
      add(
          Rule.CURSOR_KEPT,
          subscription,
          after,
          "asked for what is behind " + subscription.asked + ", starts behind " + after);
    }
    if (last < subscription.toldBefore) {
      add(
          Rule.NOTHING_STALE,
          subscription,
          subscription.toldBefore,
          "says that the last is " + last + "; somebody was told of " + subscription.toldBefore);
    }
    if (!log.isMember(subscription.person, last)) {
      add(Rule.MEMBERS_ONLY, subscription, last, subscription.person + " is no member at " + last);
    }
  }

  private void ended(Event.Ended ended) {
    Open subscription = open.remove(ended.subscription());
    if (subscription != null
        && !subscription.started
        && subscription.memberSince != 0
        && subscription.memberSince == memberSince.getOrDefault(subscription.person, 0)
        && ended.why().equals(Event.NOT_FOUND)) {
      add(
          Rule.MEMBERSHIPS_KEPT,
          subscription,
          subscription.asked,
          subscription.person + " is a member, and was told that there is no room");
    }
  }

  private void heard(Event.Heard heard) {
    Open subscription = open.get(heard.subscription());
    if (subscription == null || !subscription.started) {
      violations.add(
          Violation.of(Rule.NOTHING_UNASKED, log.room, "nobody asked for " + heard)
              .about(heard.subscription(), heard.entry().seq()));
    } else {
      heard(subscription, heard.entry());
    }
  }

  private void heard(Open subscription, LogEntry entry) {
    LogEntry logged = log.at(entry.seq());
    if (!entry.equals(logged) && !entry.equals(log.original(entry.seq()))) {
      add(Rule.ONE_ORDER, subscription, entry.seq(), "heard " + entry + ", the log has " + logged);
    } else if (log.deletionOf(log.messageOf(entry)) <= subscription.toldBefore && entry.hasText()) {
      add(
          Rule.NOTHING_OF_DELETED,
          subscription,
          entry.seq(),
          "the deletion was known before it was asked for, and it heard " + entry);
    }
    if (entry.seq() != subscription.next) {
      add(
          Rule.NO_GAP,
          subscription,
          entry.seq(),
          "heard " + entry.seq() + " in the place of " + subscription.next);
    }
    if (entry.seq() > subscription.leaving) {
      add(
          Rule.NOTHING_AFTER_LEAVING,
          subscription,
          entry.seq(),
          subscription.person + " left with " + subscription.leaving + " and heard " + entry);
    }
    subscription.next = entry.seq() + 1;
  }

  private void checkHeardAll(Open subscription) {
    if (subscription.leaving == Long.MAX_VALUE && subscription.next <= log.last()) {
      add(
          Rule.EVERYTHING_HEARD,
          subscription,
          subscription.next,
          subscription.person
              + " never heard "
              + (log.last() - subscription.next + 1)
              + " entries from "
              + subscription.next);
    }
  }

  /// What comes without a subscription is the clients' fault, not the service's.
  private Open of(int number) {
    return Objects.requireNonNull(open.get(number), () -> "subscription " + number);
  }

  private void add(Rule rule, Open subscription, long seq, String sentence) {
    violations.add(
        Violation.of(rule, log.room, "subscription " + subscription.number + ": " + sentence)
            .about(subscription.number, seq));
  }
}
