package io.tercet.chat.replicas;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.LogEntry;
import io.tercet.chat.history.ShownEntry;
import io.tercet.chat.replicas.Participant.Account;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a person edits, deletes, reacts to, pins and reads over HTTP: several requests at once, each
/// at any replica, as devices do that know nothing of each other.
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

  /// Reactions and pins, among all changes, how many of them are pins, and how many are taken back.
  private static final double MARKS = 0.5;

  private static final double PINS = 0.2;

  private static final double TAKEN_BACK = 0.4;

  /// Few, so that people react alike.
  private static final List<String> EMOJI = List.of("👍", "🎉", "🧵");

  private static final double GIVEN_UP = 0.2;
  private static final int PAGE = 200;
  private static final int ANSWERS_MAX = 5;

  /// What people may be told who edit what others have changed, deleted or written.
  private static final Set<String> EXPECTED =
      Set.of(
          Event.NOT_FOUND,
          "message-deleted",
          "author-only",
          "precondition-failed",
          "too-many-pins");

  private final Account account;
  private final List<Replica> replicas;
  private final History history;
  private final RandomGenerator random;
  private final HttpClient http;
  private final Map<String, Change> unresolved = new LinkedHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private int changes;

  /// What the log then has an entry of this kind for. `text` is that of an edit, or the emoji.
  private record Change(
      String room, String id, String kind, long target, String text, @Nullable Long version) {}

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
    if (random.nextDouble() < MARKS) {
      change(room, seen, this::mark);
      return;
    }
    boolean own = random.nextDouble() >= OF_OTHERS;
    List<ShownEntry> messages =
        seen.stream()
            .filter(message -> message.entry().person().equals(account.personId()) == own)
            .toList();
    change(room, messages, this::textChange);
  }

  private void change(
      String room, List<ShownEntry> messages, BiFunction<String, ShownEntry, Change> change) {
    if (messages.isEmpty()) {
      return;
    }
    List<Change> burst = new ArrayList<>();
    for (int i = random.nextInt(AT_ONCE_MAX); i >= 0; i--) {
      int back = Math.min(messages.size(), 1 + random.nextInt(NEWEST));
      burst.add(change.apply(room, messages.get(messages.size() - back)));
    }
    send(burst);
  }

  private Change textChange(String room, ShownEntry message) {
    String id = "e" + ++changes;
    long target = message.entry().seq();
    if (random.nextDouble() < DELETIONS) {
      return new Change(room, id, LogEntry.DELETED, target, "", null);
    }
    String text = "edit %d of %s".formatted(changes, account.personId());
    Long version = random.nextBoolean() ? message.version() : null;
    return new Change(room, id, LogEntry.EDITED, target, text, version);
  }

  private Change mark(String room, ShownEntry message) {
    String id = "r" + ++changes;
    long target = message.entry().seq();
    boolean back = random.nextDouble() < TAKEN_BACK;
    if (random.nextDouble() < PINS) {
      return new Change(room, id, back ? LogEntry.UNPINNED : LogEntry.PINNED, target, "", null);
    }
    String kind = back ? LogEntry.UNREACTED : LogEntry.REACTED;
    return new Change(room, id, kind, target, EMOJI.get(random.nextInt(EMOJI.size())), null);
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
    String room = change.room();
    String id = change.id();
    long target = change.target();
    return switch (change.kind()) {
      case LogEntry.DELETED -> new Event.Deletes(person, room, id, target);
      case LogEntry.EDITED ->
          new Event.Edits(person, room, id, target, change.text(), change.version());
      default -> new Event.Marks(person, room, id, change.kind(), target, change.text());
    };
  }

  private HttpRequest request(Change change) {
    Replica replica = replicas.get(random.nextInt(replicas.size()));
    String path = "/" + change.target();
    String emoji = "/reactions/" + URLEncoder.encode(change.text(), StandardCharsets.UTF_8);
    HttpRequest.BodyPublisher nothing = BodyPublishers.noBody();
    return switch (change.kind()) {
      case LogEntry.DELETED -> request(replica, change.room(), path).DELETE().build();
      case LogEntry.REACTED -> request(replica, change.room(), path + emoji).PUT(nothing).build();
      case LogEntry.UNREACTED -> request(replica, change.room(), path + emoji).DELETE().build();
      case LogEntry.PINNED -> request(replica, change.room(), path + "/pin").PUT(nothing).build();
      case LogEntry.UNPINNED -> request(replica, change.room(), path + "/pin").DELETE().build();
      default -> edit(request(replica, change.room(), path), change);
    };
  }

  private static HttpRequest edit(HttpRequest.Builder request, Change change) {
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
          history.add(
              change.kind().equals(LogEntry.DELETED)
                  ? new Event.Deleted(person, change.room(), change.id(), change.target())
                  : new Event.Marked(person, change.room(), change.id()));
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
    JsonNode page =
        read(request(replica, room, "?limit=%d&before=%d".formatted(PAGE, before)).build());
    if (page == null) {
      return null;
    }
    Event.Read read =
        new Event.Read(
            reading,
            room,
            page.get("from").longValue(),
            page.get("to").longValue(),
            page.get("last").longValue(),
            shown(page, "entries"),
            shown(page, "quoted"));
    history.add(read);
    return read;
  }

  /// Reads the first answers to a message.
  void readReplies(String room, Replica replica, long target) {
    int reading = history.newNumber();
    history.add(new Event.Reads(reading, account.personId(), room));
    String path = "/%d/replies?limit=%d".formatted(target, 1 + random.nextInt(ANSWERS_MAX));
    JsonNode page = read(request(replica, room, path).build());
    if (page != null) {
      history.add(Event.ReadReplies.of(reading, room, target, 0, page));
    }
  }

  /// Reads the pinned messages.
  void readPins(String room, Replica replica) {
    int reading = history.newNumber();
    history.add(new Event.Reads(reading, account.personId(), room));
    JsonNode page = read(requestTo(replica, room, "pins").build());
    if (page != null && !page.get("more").booleanValue()) {
      history.add(new Event.ReadPins(reading, room, shown(page, "entries")));
    }
  }

  private static List<ShownEntry> shown(JsonNode page, String member) {
    return page.path(member).valueStream().map(ShownEntry::of).toList();
  }

  private @Nullable JsonNode read(HttpRequest request) {
    HttpResponse<String> answer =
        await(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    if (answer != null && answer.statusCode() == 200) {
      return JSON.readTree(answer.body());
    }
    if (answer != null && !Set.of(404, 429, 503, 504).contains(answer.statusCode())) {
      unexpected.add("read: " + answer.statusCode() + " " + answer.body());
    }
    return null;
  }

  private HttpRequest.Builder request(Replica replica, String room, String rest) {
    return requestTo(replica, room, "messages" + rest);
  }

  private HttpRequest.Builder requestTo(Replica replica, String room, String what) {
    URI uri =
        URI.create("http://127.0.0.1:%d/api/rooms/%s/%s".formatted(replica.port(), room, what));
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
