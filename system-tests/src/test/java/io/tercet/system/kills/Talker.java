package io.tercet.system.kills;

import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Person;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/// A client that says everything it has to say, whatever happens to the line: it reconnects, and
/// sends again, under the same id, what was not acknowledged.
///
/// - Threading: confined to the thread that talks.
public final class Talker {

  private static final Duration BACK_OFF = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Person person;
  private final String room;
  private final Milestones acknowledgements;
  private final Map<String, Long> seqs = new LinkedHashMap<>();
  private int reconnects;
  private long lastAcknowledged;
  private long longestPause;

  /// @param acknowledgements told of each
  public Talker(Person person, String room, Milestones acknowledgements) {
    this.person = person;
    this.room = room;
    this.acknowledgements = acknowledgements;
  }

  /// Says `count` things, one after the other.
  ///
  /// @return the acknowledged `seq` of each `clientMessageId`, in the order in which they were said
  Map<String, Long> say(int count) {
    return sayUntil(() -> seqs.size() >= count);
  }

  /// Says one thing after the other.
  ///
  /// @return the acknowledged `seq` of each `clientMessageId`, in the order in which they were said
  public Map<String, Long> sayUntil(BooleanSupplier enough) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(person.name() + " got " + seqs.size() + " acknowledged");
      }
      try (ChatClient socket = ChatClient.browser(person)) {
        sayTheRest(socket, enough);
      } catch (ChatClient.Ended | CompletionException broken) {
        reconnects++;
        LockSupport.parkNanos(BACK_OFF.toNanos());
      }
    }
    return seqs;
  }

  /// How often its line broke.
  public int reconnects() {
    return reconnects;
  }

  /// Between two acknowledgements, at most.
  public Duration longestPause() {
    return Duration.ofNanos(longestPause);
  }

  private void sayTheRest(ChatClient socket, BooleanSupplier enough) {
    while (!enough.getAsBoolean()) {
      String id = "m" + seqs.size();
      JsonNode answer = socket.post(room, id, text(id));
      switch (ChatClient.type(answer)) {
        case "acknowledged" -> acknowledged(id, answer.path("seq").asLong());
        case "error" -> slowDown(answer);
        default -> throw new AssertionError("answered " + answer);
      }
    }
  }

  private void acknowledged(String id, long seq) {
    long now = System.nanoTime();
    longestPause = Math.max(longestPause, seqs.isEmpty() ? 0 : now - lastAcknowledged);
    lastAcknowledged = now;
    seqs.put(id, seq);
    acknowledgements.reached();
  }

  private static void slowDown(JsonNode error) {
    switch (error.path("problem").asString()) {
      case "too-fast", "service-unavailable" -> LockSupport.parkNanos(BACK_OFF.toNanos());
      default -> throw new AssertionError("answered " + error);
    }
  }

  String text(String id) {
    return person.name() + " says " + id;
  }

  Person person() {
    return person;
  }
}
