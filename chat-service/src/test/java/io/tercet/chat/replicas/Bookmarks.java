package io.tercet.chat.replicas;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.replicas.Participant.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Up to where a person says that they have read, and what they then have unread: one request after
/// the other, each at any replica. Nobody asks again for an answer that did not come.
///
/// Threading: one thread; any thread asks for [#unexpected].
final class Bookmarks {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double BACK = 0.2;

  /// Places before the newest one that are read up to, or marked as unread.
  private static final int NEWEST = 4;

  private final Account account;
  private final List<Replica> replicas;
  private final History history;
  private final RandomGenerator random;
  private final HttpClient http;
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private int moves;

  Bookmarks(
      Account account,
      List<Replica> replicas,
      History history,
      RandomGenerator random,
      HttpClient http) {
    this.account = account;
    this.replicas = replicas;
    this.history = history;
    this.random = random;
    this.http = http;
  }

  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  /// Reads a room up to a place that a client has, or to one a little before it.
  void move(String room, long newest) {
    String person = account.personId();
    String id = "p" + ++moves;
    long seq = Math.max(1, newest - random.nextInt(NEWEST));
    boolean back = random.nextDouble() < BACK;
    history.add(new Event.Moves(person, room, id, seq, back));
    HttpRequest.Builder request =
        request(room, "read")
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(JSON.writeValueAsString(Map.of("seq", seq, "back", back))));
    HttpResponse<String> answer = send(request);
    int status = answer == null ? 0 : answer.statusCode();
    switch (status) {
      case 204 -> history.add(new Event.Moved(person, room, id));
      case 0, 504 -> history.add(new Event.Unknown(person, room, id));
      default -> {
        history.add(new Event.Refused(person, room, id, String.valueOf(status)));
        complain("move", answer);
      }
    }
  }

  /// Reads what is unread in a room, and returns the person's place; -1 without an answer.
  long read(String room) {
    int reading = history.newNumber();
    history.add(new Event.Reads(reading, account.personId(), room));
    HttpResponse<String> answer = send(request(room, "unread"));
    if (answer == null || answer.statusCode() != 200) {
      complain("unread", answer);
      return -1;
    }
    JsonNode unread = JSON.readTree(answer.body());
    long place = unread.get("lastReadSeq").longValue();
    history.add(
        new Event.ReadUnread(
            reading,
            room,
            place,
            unread.get("unread").intValue(),
            unread.path("firstUnreadSeq").asLong(0)));
    return place;
  }

  private void complain(String what, @Nullable HttpResponse<String> answer) {
    if (answer != null && !Set.of(404, 429, 503, 504).contains(answer.statusCode())) {
      unexpected.add(what + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private HttpRequest.Builder request(String room, String what) {
    int port = replicas.get(random.nextInt(replicas.size())).port();
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/api/rooms/%s/%s".formatted(port, room, what)))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + account.token());
  }

  private @Nullable HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException unreachable) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
