package io.tercet.chat.replicas;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.ShownEntry;
import io.tercet.chat.replicas.Participant.Account;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a person edits, deletes and reads over HTTP: several requests at once, each at any replica,
/// as devices do that know nothing of each other.
///
/// An answer that did not come is asked for again; a few are given up. Threading: one thread; any
/// thread asks for [#unexpected].
final class Editor {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE_MAX = 3;

  /// Most changes are of the newest messages of a person, so that they meet.
  private static final int NEWEST = 3;

  private static final double OF_OTHERS = 0.1;
  private static final double DELETIONS = 0.15;
  private static final double GIVEN_UP = 0.2;
  private static final int PAGE = 200;

  /// What people may be told who edit what others have changed, deleted or written.
  private static final Set<String> EXPECTED =
      Set.of(Event.NOT_FOUND, "message-deleted", "author-only", "precondition-failed");

  private final Account account;
  private final List<Replica> replicas;
  private final History history;
  private final RandomGenerator random;
  private final HttpClient http;
  private final Map<String, Change> unresolved = new LinkedHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private int changes;

  /// An edit, or a deletion if there is no text.
  private record Change(
      String room, String id, long target, @Nullable String text, @Nullable Long version) {}

  Editor(
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

  /// Whether the outcome of all that was not given up is known.
  boolean isDone() {
    return unresolved.isEmpty();
  }

  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  /// Asks again for what is unknown.
  void repeat() {
    send(List.copyOf(unresolved.values()));
  }

  /// Changes messages that one of the person's clients sees, some of them several times at once.
  void change(String room, List<ShownEntry> seen) {
    boolean own = random.nextDouble() >= OF_OTHERS;
    List<ShownEntry> messages =
        seen.stream()
            .filter(message -> message.entry().person().equals(account.personId()) == own)
            .toList();
    if (messages.isEmpty()) {
      return;
    }
    List<Change> burst = new ArrayList<>();
    for (int i = random.nextInt(AT_ONCE_MAX); i >= 0; i--) {
      int back = Math.min(messages.size(), 1 + random.nextInt(NEWEST));
      burst.add(change(room, messages.get(messages.size() - back)));
    }
    send(burst);
  }

  private Change change(String room, ShownEntry message) {
    String id = "e" + ++changes;
    boolean deletes = random.nextDouble() < DELETIONS;
    Long version = !deletes && random.nextBoolean() ? message.version() : null;
    String text = deletes ? null : "edit %d of %s".formatted(changes, account.personId());
    return new Change(room, id, message.entry().seq(), text, version);
  }

  private void send(List<Change> burst) {
    Map<Change, CompletableFuture<HttpResponse<String>>> answers = new LinkedHashMap<>();
    for (Change change : burst) {
      history.add(attempt(change));
      answers.put(change, http.sendAsync(request(change), HttpResponse.BodyHandlers.ofString()));
    }
    answers.forEach((change, answer) -> {
      unresolved.remove(change.id());
      answered(change, await(answer));
    });
  }

  private Event attempt(Change change) {
    String person = account.personId();
    return change.text() == null
        ? new Event.Deletes(person, change.room(), change.id(), change.target())
        : new Event.Edits(
            person, change.room(), change.id(), change.target(), change.text(), change.version());
  }

  private HttpRequest request(Change change) {
    Replica replica = replicas.get(random.nextInt(replicas.size()));
    HttpRequest.Builder request = request(replica, change.room(), "/" + change.target());
    if (change.text() == null) {
      return request.DELETE().build();
    }
    if (change.version() != null) {
      request.header("If-Match", "\"" + change.version() + "\"");
    }
    return request
        .header("Content-Type", "application/json")
        .method(
            "PATCH",
            BodyPublishers.ofString(JSON.writeValueAsString(Map.of("text", change.text()))))
        .build();
  }

  private void answered(Change change, @Nullable HttpResponse<String> answer) {
    String person = account.personId();
    int status = answer == null ? 0 : answer.statusCode();
    switch (status) {
      case 200 -> {
        ShownEntry now = ShownEntry.of(JSON.readTree(answer.body()));
        history.add(new Event.Edited(person, change.room(), change.id(), now));
      }
      case 204 ->
          history.add(new Event.Deleted(person, change.room(), change.id(), change.target()));
      case 0, 504 -> {
        history.add(new Event.Unknown(person, change.room(), change.id()));
        tryAgain(change);
      }
      case 429, 503 -> {
        String problem = String.valueOf(status);
        history.add(new Event.Refused(person, change.room(), change.id(), problem));
        tryAgain(change);
      }
      default -> {
        String problem = problem(answer);
        history.add(new Event.Refused(person, change.room(), change.id(), problem));
        if (!EXPECTED.contains(problem)) {
          unexpected.add(change + ": " + status + " " + answer.body());
        }
      }
    }
  }

  private void tryAgain(Change change) {
    if (random.nextDouble() >= GIVEN_UP) {
      unresolved.put(change.id(), change);
    }
  }

  /// Reads the places before one as they are now; null if there is no answer.
  Event.@Nullable Read read(String room, Replica replica, long before) {
    int reading = history.newNumber();
    history.add(new Event.Reads(reading, account.personId(), room));
    HttpRequest request =
        request(replica, room, "?limit=%d&before=%d".formatted(PAGE, before)).build();
    HttpResponse<String> answer =
        await(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    if (answer == null || answer.statusCode() != 200) {
      if (answer != null && !Set.of(404, 429, 503, 504).contains(answer.statusCode())) {
        unexpected.add("read: " + answer.statusCode() + " " + answer.body());
      }
      return null;
    }
    JsonNode page = JSON.readTree(answer.body());
    List<ShownEntry> entries = page.get("entries").valueStream().map(ShownEntry::of).toList();
    Event.Read read =
        new Event.Read(
            reading,
            room,
            page.get("from").longValue(),
            page.get("to").longValue(),
            page.get("last").longValue(),
            entries,
            List.of());
    history.add(read);
    return read;
  }

  private HttpRequest.Builder request(Replica replica, String room, String rest) {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/rooms/%s/messages%s".formatted(replica.port(), room, rest));
    return HttpRequest.newBuilder(uri)
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + account.token());
  }

  private static @Nullable HttpResponse<String> await(
      CompletableFuture<HttpResponse<String>> answer) {
    try {
      return answer.join();
    } catch (CompletionException | CancellationException unreachable) {
      return null;
    }
  }

  private static String problem(HttpResponse<String> answer) {
    String type = JSON.readTree(answer.body()).get("type").stringValue();
    return type.substring(type.lastIndexOf(':') + 1);
  }
}
