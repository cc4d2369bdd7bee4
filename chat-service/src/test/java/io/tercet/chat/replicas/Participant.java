package io.tercet.chat.replicas;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.ShownEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A person with several clients, who writes, reads, joins, leaves and comes back through any
/// replica, whatever breaks meanwhile.
///
/// An answer that did not come is asked for again under the same id at another replica; a few are
/// given up, so that nobody ever learns of them.
///
/// Threading: its own thread runs it; any thread may [#settle] it, [#end] it and look whether it is
/// [#isQuiet].
final class Participant implements Runnable {

  private static final int LINES = 2;
  private static final int BURST_MAX = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// What a person chooses, each in a hundred steps.
  private static final int CHANGES = 8;

  private static final int PEEPS = 3;
  private static final int BREAKS = 4;
  private static final int EDITS = 30;
  private static final int READINGS = 5;
  private static final int MOVES = 10;
  private static final double GIVEN_UP = 0.2;

  /// Messages that answer one, among all.
  private static final double ANSWERS = 0.3;

  /// They answer the newest, so that one message has many answers.
  private static final int NEWEST = 3;

  private final Account account;
  private final List<String> rooms;
  private final List<Replica> replicas;
  private final History history;
  private final RandomGenerator random;
  private final HttpClient http;
  private final Editor editor;
  private final Bookmarks bookmarks;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Message> unresolved = new LinkedHashMap<>();
  private final Set<String> member = ConcurrentHashMap.newKeySet();

  /// Rooms in which an attempt to join or leave had no answer. It may still happen, when a replica
  /// that was stopped goes on: so nothing but the same is attempted there.
  private final Set<String> uncertain = new HashSet<>();

  private final Map<Line, Set<String>> wanted = new ConcurrentHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private @Nullable Change change;
  private int messages;
  private volatile boolean settling;
  private volatile boolean ended;
  private volatile boolean quiet;
  private final AtomicInteger calmSteps = new AtomicInteger();

  /// Who somebody is, and what proves it.
  record Account(String personId, String token) {}

  private record Message(String room, String id, String text, long replyTo) {}

  /// A membership that must be confirmed before anything else happens to it.
  private record Change(String room, boolean joins) {}

  Participant(
      Account account,
      List<String> rooms,
      List<Replica> replicas,
      History history,
      RandomGenerator random,
      HttpClient http) {
    this.account = account;
    this.rooms = rooms;
    this.replicas = replicas;
    this.history = history;
    this.random = random;
    this.http = http;
    this.editor = new Editor(account, replicas, history, random, http);
    this.bookmarks = new Bookmarks(account, replicas, history, random, http);
    for (int i = 0; i < LINES; i++) {
      Line line = new Line(account.personId(), account.token(), history, http);
      lines.add(line);
      wanted.put(line, ConcurrentHashMap.newKeySet());
    }
  }

  /// From now on it begins nothing new, and finds out what is unknown.
  void settle() {
    settling = true;
  }

  /// Ends it; its clients stay open.
  void end() {
    ended = true;
  }

  /// Whether nothing is unknown, and each client is subscribed to each room of the person.
  boolean isQuiet() {
    return quiet;
  }

  /// After how many of its steps nothing was unknown, and each client was at its place.
  int calmSteps() {
    return calmSteps.get();
  }

  /// Whether each client has heard each room of the person up to this `seq`.
  boolean hasHeard(Map<String, Long> newest) {
    return lines.stream()
        .allMatch(line -> member.stream().allMatch(room -> line.heard(room) >= newest.get(room)));
  }

  /// Whether each client has these places of the person.
  boolean hasPlaces(Map<String, Map<String, Long>> ofPeople) {
    Map<String, Long> places = ofPeople.getOrDefault(account.personId(), Map.of());
    return lines.stream()
        .allMatch(line ->
            member.stream().allMatch(room -> line.place(room) == places.getOrDefault(room, -1L)));
  }

  /// Writes down what each client has of each room that the person is in, up to this `seq`, and its
  /// place there.
  void tellWhatIsKept(Map<String, Long> newest) {
    member.forEach(bookmarks::read);
    for (Line line : lines) {
      member.stream()
          .filter(room -> line.heard(room) == newest.get(room))
          .forEach(room -> {
            line.tellWhatIsKept(room);
            line.tellPlace(room);
          });
    }
  }

  /// Answers that no client should get.
  List<String> unexpected() {
    return Stream.of(unexpected, editor.unexpected(), bookmarks.unexpected())
        .flatMap(Collection::stream)
        .toList();
  }

  int breaks() {
    return lines.stream().mapToInt(Line::breaks).sum();
  }

  void close() {
    lines.forEach(line -> line.lose("the end"));
  }

  @Override
  public void run() {
    while (!ended) {
      lines.forEach(this::mend);
      confirmChange();
      if (!unresolved.isEmpty()) {
        say(List.copyOf(unresolved.values()));
      } else if (!editor.isDone()) {
        editor.repeat();
      } else if (!settling) {
        step();
      }
      boolean calm =
          unresolved.isEmpty()
              && editor.isDone()
              && change == null
              && lines.stream().allMatch(this::isWhole);
      calmSteps.addAndGet(calm ? 1 : 0);
      quiet = settling && calm;
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(50, 350)).toNanos());
    }
  }

  private boolean isWhole(Line line) {
    return line.isOpen()
        && member.stream().allMatch(room -> line.heard(room) >= 0 && line.place(room) >= 0);
  }

  private void step() {
    int choice = random.nextInt(100);
    if (choice < CHANGES) {
      String room = any(rooms);
      if (change == null && !uncertain.contains(room)) {
        change = new Change(room, !member.contains(room));
      }
    } else if (choice < CHANGES + PEEPS) {
      subscribe(any(lines), any(rooms));
    } else if (choice < CHANGES + PEEPS + BREAKS) {
      any(lines).lose("the client went elsewhere");
    } else if (choice < CHANGES + PEEPS + BREAKS + READINGS) {
      read(any(lines), anyOfOwn());
    } else if (choice < CHANGES + PEEPS + BREAKS + READINGS + MOVES) {
      bookmark(any(lines), anyOfOwn());
    } else if (choice < CHANGES + PEEPS + BREAKS + READINGS + MOVES + EDITS) {
      String room = anyOfOwn();
      editor.change(room, any(lines).messages(room));
    } else {
      List<Message> burst = new ArrayList<>();
      String room = anyOfOwn();
      List<ShownEntry> seen = any(lines).messages(room);
      for (int i = random.nextInt(BURST_MAX); i >= 0; i--) {
        String id = "m" + ++messages;
        burst.add(new Message(room, id, "number " + messages, origin(seen)));
      }
      say(burst);
    }
  }

  /// What a message answers: often one of the newest that a client sees; 0 for none.
  private long origin(List<ShownEntry> seen) {
    if (seen.isEmpty() || random.nextDouble() >= ANSWERS) {
      return 0;
    }
    int back = Math.min(seen.size(), 1 + random.nextInt(NEWEST));
    return seen.get(seen.size() - back).seq();
  }

  /// A client reads the newest page, and keeps what it shows; and the answers to one of its
  /// messages.
  private void read(Line line, String room) {
    Event.Read page = editor.read(room, any(replicas), Long.MAX_VALUE);
    if (page != null) {
      line.keep(page);
    }
    List<ShownEntry> answered =
        line.messages(room).stream().filter(each -> each.marks().replies() > 0).toList();
    if (!answered.isEmpty()) {
      editor.readReplies(room, any(replicas), any(answered).seq());
    }
    editor.readPins(room, any(replicas));
  }

  /// The person reads as far as a client has come, and looks what is unread.
  private void bookmark(Line line, String room) {
    long heard = line.heard(room);
    if (heard > 0) {
      bookmarks.move(room, heard);
    }
    bookmarks.read(room);
  }

  /// Opens a line that broke, and subscribes to what it should hear.
  private void mend(Line line) {
    if (!line.isOpen()) {
      line.lose("the line broke");
      if (!line.open(any(replicas).port())) {
        return;
      }
    }
    for (String room : member) {
      if (line.isNewTo(room) && random.nextBoolean()) {
        read(line, room);
      }
      if (line.heard(room) < 0 || wanted.get(line).contains(room)) {
        subscribe(line, room);
      }
      if (line.place(room) < 0) {
        long place = bookmarks.read(room);
        if (place >= 0) {
          line.learnPlace(room, place);
        }
      }
    }
  }

  private void subscribe(Line line, String room) {
    String problem = line.subscribe(room);
    if (problem == null) {
      wanted.get(line).remove(room);
    } else if (!Set.of(
            "lost", Event.NOT_FOUND, "service-unavailable", "service-timeout", "too-fast")
        .contains(problem)) {
      unexpected.add("subscribe: " + problem);
    }
  }

  private void say(List<Message> burst) {
    Line line = any(lines);
    if (!line.isOpen()) {
      return;
    }
    Map<Message, CompletableFuture<JsonNode>> answers = new LinkedHashMap<>();
    for (Message message : burst) {
      history.add(
          new Event.Posted(
              account.personId(), message.room(), message.id(), message.text(), message.replyTo()));
      answers.put(
          message, line.post(message.room(), message.id(), message.text(), message.replyTo()));
    }
    answers.forEach((message, answer) -> {
      unresolved.remove(message.id());
      answered(message, line.await(answer));
    });
  }

  private void answered(Message message, @Nullable JsonNode answer) {
    String person = account.personId();
    String room = message.room();
    if (answer != null && Line.type(answer).equals("acknowledged")) {
      history.add(
          new Event.Acknowledged(person, room, message.id(), answer.get("seq").longValue()));
      return;
    }
    String problem = answer == null ? "lost" : answer.get("problem").stringValue();
    switch (problem) {
      case "lost", "service-timeout" -> {
        history.add(new Event.Unknown(person, room, message.id()));
        repeat(message);
      }
      case "service-unavailable", "too-fast" -> {
        history.add(new Event.Refused(person, room, message.id(), problem));
        repeat(message);
      }
      default -> {
        history.add(new Event.Refused(person, room, message.id(), problem));
        if (!Set.of(Event.NOT_FOUND, "message-deleted").contains(problem)) {
          unexpected.add("post: " + answer);
        }
      }
    }
  }

  private void repeat(Message message) {
    if (random.nextDouble() >= GIVEN_UP) {
      unresolved.put(message.id(), message);
    }
  }

  /// Asks any replica for the change that is under way.
  private void confirmChange() {
    Change wants = change;
    if (wants == null) {
      return;
    }
    if (!wants.joins()) {
      history.add(new Event.Leaving(account.personId(), wants.room()));
    }
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/rooms/%s/members/me"
                .formatted(any(replicas).port(), wants.room()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + account.token());
    int status =
        status(wants.joins() ? request.PUT(HttpRequest.BodyPublishers.noBody()) : request.DELETE());
    if (!wants.joins()) {
      // It may have happened, whatever the answer is.
      member.remove(wants.room());
    }
    if (status == 204) {
      history.add(new Event.Member(account.personId(), wants.room(), wants.joins()));
      lines.forEach(line -> line.forgetPlace(wants.room()));
      if (wants.joins()) {
        member.add(wants.room());
        wanted.values().forEach(of -> of.add(wants.room()));
      }
      change = null;
    } else if (status == 0 || status == 504) {
      uncertain.add(wants.room());
    } else if (status != 503) {
      unexpected.add((wants.joins() ? "join: " : "leave: ") + status);
    }
  }

  private int status(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException unreachable) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /// A room that the person is in, if there is one.
  private String anyOfOwn() {
    return any(member.isEmpty() ? rooms : List.copyOf(member));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
