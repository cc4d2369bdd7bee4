package io.tercet.system.cluster;

import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// A client that wants to hear everything in a room: when its line breaks, it comes back through
/// the front door, to any replica, with the last `seq` that it has.
///
/// - Threading: confined to the thread that listens.
final class Listener {

  private static final Duration BACK_OFF = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Person person;
  private final String room;
  private final List<JsonNode> heard = new ArrayList<>();
  private int reconnects;
  private Duration longestAway = Duration.ZERO;

  Listener(Person person, String room) {
    this.person = person;
    this.room = room;
  }

  /// Listens until it has heard this text.
  ///
  /// @return every entry that it heard, in the order of arrival
  List<JsonNode> hearUntil(String text) {
    long begun = System.nanoTime();
    long away = System.nanoTime();
    while (heard.stream().noneMatch(entry -> entry.path("text").asString("").equals(text))) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new AssertionError(person.name() + " heard only " + heard.size());
      }
      try (ChatClient socket = ChatClient.browser(person)) {
        hear(socket, text, away);
      } catch (ChatClient.Ended | CompletionException broken) {
        away = System.nanoTime();
        reconnects++;
        LockSupport.parkNanos(BACK_OFF.toNanos());
      }
    }
    return heard;
  }

  private void hear(ChatClient socket, String text, long away) {
    long after = heard.isEmpty() ? 0 : heard.getLast().path("seq").asLong();
    try {
      JsonNode answer = socket.subscribe(room, after);
      if (!ChatClient.type(answer).equals("subscribed")) {
        LockSupport.parkNanos(BACK_OFF.toNanos());
        return;
      }
      Duration pause = Duration.ofNanos(System.nanoTime() - away);
      longestAway = reconnects > 0 && pause.compareTo(longestAway) > 0 ? pause : longestAway;
      socket.awaitText(room, text);
    } finally {
      heard.addAll(socket.entries(room));
    }
  }

  int reconnects() {
    return reconnects;
  }

  /// From the end of a line to the answer at the next one, at most.
  Duration longestAway() {
    return longestAway;
  }
}
