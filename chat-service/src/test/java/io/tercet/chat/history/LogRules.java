package io.tercet.chat.history;

import io.tercet.chat.history.RoomLog.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The rules of one room's log, and of who is in it.
final class LogRules {

  private final RoomLog log;
  private final List<Violation> violations;

  LogRules(RoomLog log, List<Violation> violations) {
    this.log = log;
    this.violations = violations;
  }

  void check(List<Event> events) {
    checkOrder();
    checkMemberships();
    checkConfirmed(events);
  }

  private void checkOrder() {
    Set<MessageId> seen = new HashSet<>();
    long seq = 0;
    for (LogEntry entry : log.entries) {
      seq++;
      if (entry.seq() != seq) {
        add(Rule.LOG_WITHOUT_GAP, entry, "the log has " + entry.seq() + " in the place of " + seq);
        return;
      }
      if (entry.isMessage()
          && !seen.add(new MessageId(entry.person(), String.valueOf(entry.id())))) {
        add(Rule.NOTHING_TWICE, entry, "the log has it a second time: " + entry);
      }
      if (entry.isChange() || entry.isMark()) {
        checkChange(entry);
      }
      if (entry.isMessage() && entry.target() != 0) {
        checkReply(entry);
      }
      boolean membersOnly = entry.isMessage() || entry.isChange() || entry.isMark();
      if (membersOnly && !log.isMember(entry.person(), seq)) {
        add(Rule.MEMBERS_ONLY, entry, "its sender was no member: " + entry);
      }
      if (log.isDeleted(log.messageOf(entry)) && entry.hasText()) {
        add(Rule.NOTHING_OF_DELETED, entry, "the log has a text that was deleted: " + entry);
      }
    }
  }

  private void checkChange(LogEntry entry) {
    LogEntry message = log.at(entry.target());
    if (message == null || !message.isMessage() || message.seq() > entry.seq()) {
      add(Rule.CHANGES_OF_MESSAGES, entry, entry + " changes " + message);
      return;
    }
    boolean mayDelete = entry.isDeletion() && log.isFirst(entry.person());
    if (!mayDelete && entry.isChange() && !entry.person().equals(message.person())) {
      add(Rule.AUTHOR_ONLY, entry, entry + " changes " + message);
    }
    if (entry.seq() > log.deletionOf(entry.target())) {
      add(Rule.DELETED_FOR_GOOD, entry, entry + " changes what is deleted");
    }
  }

  private void checkReply(LogEntry reply) {
    LogEntry message = log.at(reply.target());
    if (message == null
        || !message.isMessage()
        || message.seq() >= reply.seq()
        || log.deletionOf(message.seq()) < reply.seq()) {
      add(Rule.REPLIES_TO_MESSAGES, reply, reply + " answers " + message);
    }
  }

  private void checkMemberships() {
    log.memberships()
        .forEach((person, changes) -> {
          boolean member = false;
          for (Map.Entry<Long, Boolean> change : changes.entrySet()) {
            if (change.getValue() == member) {
              String twice = member ? "joined as a member" : "left as no member";
              violations.add(
                  Violation.of(Rule.MEMBERSHIPS_KEPT, log.room, person + " " + twice)
                      .about(0, change.getKey()));
            }
            member = change.getValue();
          }
        });
  }

  /// Each person changes their membership one step after the other, so the log has at least the
  /// changes that were confirmed, and ends with the last of them.
  private void checkConfirmed(List<Event> events) {
    Map<String, List<Boolean>> confirmed = new HashMap<>();
    for (Event event : events) {
      if (event instanceof Event.Member(String person, String room, boolean member)) {
        List<Boolean> changes = confirmed.computeIfAbsent(person, id -> new ArrayList<>());
        if (changes.isEmpty() ? member : changes.getLast() != member) {
          changes.add(member);
        }
      }
    }
    confirmed.forEach((person, changes) -> {
      int made = log.memberships().getOrDefault(person, new TreeMap<>()).size();
      if (changes.isEmpty()) {
        return;
      }
      if (made < changes.size() || log.isMember(person, log.last()) != changes.getLast()) {
        String sentence =
            "%s was told of %d changes, the last %s; the log has %d"
                .formatted(person, changes.size(), changes.getLast() ? "in" : "out", made);
        violations.add(Violation.of(Rule.MEMBERSHIPS_KEPT, log.room, sentence));
      }
    });
  }

  private void add(Rule rule, LogEntry entry, String sentence) {
    violations.add(
        Violation.of(rule, log.room, sentence)
            .aboutMessage(String.valueOf(entry.id()))
            .about(0, entry.seq()));
  }
}
