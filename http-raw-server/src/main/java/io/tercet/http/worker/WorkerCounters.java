package io.tercet.http.worker;

import io.tercet.http.connection.Observer;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// What a worker has counted and not reported yet, and the lines in which it reports it.
///
/// A line is a name and a number with spaces between: `opened 3`, `closed 2`, `sent 12345`,
/// `answered OK 17`, `refused TOO_LARGE 1`. A pipe keeps no boundaries between writes, so a line
/// ends at its line feed and nowhere else.
///
/// Threading: shared by all.
public final class WorkerCounters implements Observer {
  private final Observer local;
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final Map<Status, AtomicLong> answered = new EnumMap<>(Status.class);
  private final Map<Rule, AtomicLong> refused = new EnumMap<>(Rule.class);

  /// @param local hears of failures, which a number cannot explain
  public WorkerCounters(Observer local) {
    this.local = local;
    for (Status status : Status.values()) {
      answered.put(status, new AtomicLong());
    }
    for (Rule rule : Rule.values()) {
      refused.put(rule, new AtomicLong());
    }
  }

  @Override
  public void opened() {
    opened.incrementAndGet();
  }

  @Override
  public void closed() {
    closed.incrementAndGet();
  }

  @Override
  public void answered(Status status) {
    Objects.requireNonNull(answered.get(status)).incrementAndGet();
  }

  @Override
  public void refused(Rule rule) {
    Objects.requireNonNull(refused.get(rule)).incrementAndGet();
  }

  @Override
  public void sent(long bytes) {
    sent.addAndGet(bytes);
  }

  @Override
  public void failed(Throwable failure) {
    local.failed(failure);
  }

  /// What was counted since the last call.
  List<String> drainLines() {
    List<String> lines = new ArrayList<>();
    add(lines, "opened", opened.getAndSet(0));
    answered.forEach(
        (status, count) -> add(lines, "answered " + status.name(), count.getAndSet(0)));
    refused.forEach((rule, count) -> add(lines, "refused " + rule.name(), count.getAndSet(0)));
    add(lines, "sent", sent.getAndSet(0));
    add(lines, "closed", closed.getAndSet(0));
    return lines;
  }

  private static void add(List<String> lines, String name, long count) {
    if (count > 0) {
      lines.add(name + " " + count);
    }
  }

  /// Replays the events of a line to an observer.
  ///
  /// @return how many more connections are open after it
  /// @throws IllegalArgumentException if it says nothing that is known
  static long replay(String line, Observer observer) {
    String[] words = line.split(" ", -1);
    long count = Long.parseLong(words[words.length - 1]);
    switch (words[0]) {
      case "opened" -> repeat(count, observer::opened);
      case "closed" -> repeat(count, observer::closed);
      case "sent" -> observer.sent(count);
      case "answered" -> {
        Status status = Status.valueOf(words[1]);
        repeat(count, () -> observer.answered(status));
      }
      case "refused" -> {
        Rule rule = Rule.valueOf(words[1]);
        repeat(count, () -> observer.refused(rule));
      }
      default -> throw new IllegalArgumentException("no figure: " + line);
    }
    return switch (words[0]) {
      case "opened" -> count;
      case "closed" -> -count;
      default -> 0;
    };
  }

  private static void repeat(long count, Runnable event) {
    for (long i = 0; i < count; i++) {
      event.run();
    }
  }
}
