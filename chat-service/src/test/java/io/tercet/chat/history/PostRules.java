package io.tercet.chat.history;

import io.tercet.chat.history.RoomLog.MessageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What became of the messages that clients sent into one room.
final class PostRules {

  private final RoomLog log;
  private final List<Violation> violations;
  private final Map<MessageId, Sent> sent = new HashMap<>();

  /// The newest `seq` that anybody was told of, at this place in the history.
  private long told;

  /// One message and its attempts. `toldBefore` is the newest `seq` that anybody was told of before
  /// the first attempt.
  private static final class Sent {
    final String text;
    final long replyTo;
    final long toldBefore;
    int attempts;
    int refused;
    long seq;

    Sent(String text, long replyTo, long toldBefore) {
      this.text = text;
      this.replyTo = replyTo;
      this.toldBefore = toldBefore;
    }
  }

  PostRules(RoomLog log, List<Violation> violations) {
    this.log = log;
    this.violations = violations;
  }

  void check(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case Event.Posted posted ->
            sent.computeIfAbsent(
                    new MessageId(posted.person(), posted.id()),
                    key -> new Sent(posted.text(), posted.replyTo(), told))
                .attempts++;
        case Event.Refused answer -> refused(answer);
        case Event.Acknowledged answer -> acknowledged(answer);
        default -> {}
      }
      told = Math.max(told, log.told(event));
    }
    log.entries.stream().filter(LogEntry::isMessage).forEach(this::checkLogged);
  }

  private void refused(Event.Refused answer) {
    Sent message = sent.get(new MessageId(answer.person(), answer.id()));
    if (message == null) {
      return;
    }
    message.refused++;
    LogEntry target = log.at(message.replyTo);
    boolean reason =
        switch (answer.problem()) {
          case "message-not-found" -> target == null || !target.isMessage();
          case "message-deleted" -> log.isDeleted(message.replyTo);
          default -> true;
        };
    if (!reason) {
      String sentence = answer + " but the log has " + target;
      add(Rule.REFUSED_FOR_A_REASON, answer.id(), message.replyTo, sentence);
    }
  }

  private void acknowledged(Event.Acknowledged answer) {
    Sent message = of(answer.person(), answer.id());
    LogEntry entry = log.at(answer.seq());
    if (message.seq != 0 && message.seq != answer.seq()) {
      add(Rule.NOTHING_TWICE, answer.id(), answer.seq(), "acknowledged before as " + message.seq);
    }
    if (entry == null
        || !answer.person().equals(entry.person())
        || !answer.id().equals(entry.id())) {
      add(Rule.NOTHING_LOST, answer.id(), answer.seq(), answer + " but the log has " + entry);
    }
    message.seq = answer.seq();
  }

  private void checkLogged(LogEntry entry) {
    String id = String.valueOf(entry.id());
    Sent message = sent.get(new MessageId(entry.person(), id));
    if (message == null
        || message.replyTo != entry.target()
        || !log.mayHaveHadText(entry, message.text)) {
      add(Rule.NOTHING_INVENTED, id, entry.seq(), "nobody sent " + entry);
      return;
    }
    if (message.refused == message.attempts) {
      add(Rule.NOTHING_REFUSED, id, entry.seq(), "each attempt was refused, but it is " + entry);
    }
    if (entry.seq() <= message.toldBefore) {
      add(
          Rule.ORDER_OF_TIME,
          id,
          entry.seq(),
          message.toldBefore + " was there before somebody sent " + entry);
    }
  }

  /// Answers to what nobody sent are the clients' fault, not the service's.
  private Sent of(String person, String id) {
    return Objects.requireNonNull(sent.get(new MessageId(person, id)), id);
  }

  private void add(Rule rule, String id, long seq, String sentence) {
    violations.add(Violation.of(rule, log.room, sentence).aboutMessage(id).about(0, seq));
  }
}
