package io.tercet.chat.delivery;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.HistoryChecker;
import io.tercet.chat.history.RoomView;
import io.tercet.chat.history.ShownEntry;
import io.tercet.chat.history.Violation;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Two or three replicas on one database, with clients, in one thread: a seed chooses each next
/// step, of a client, a thread, the database, the hints or the clock, and what goes wrong.
///
/// Where a replica reads the database, steps of others may come between. After the steps of a seed
/// everything works again, but hints stay away if they were; then all that is left to do is done,
/// within the time of a few polls.
final class Simulation {

  private static final int STEPS = 1_000;
  private static final int CLIENTS_OF_PERSON = 2;
  private static final int PEOPLE = 4;
  private static final int NESTED_MAX = 2;
  private static final int NEWEST = 3;

  /// One in so many steps of an edit that has no answer gives it up.
  private static final int GIVEN_UP = 20;

  /// One in so many steps of a client that has something of a room reads a page of it.
  private static final int READINGS = 20;

  /// One in so many messages answers one.
  private static final int ANSWERS = 3;

  /// One in so many marks is a pin.
  private static final int PINS = 4;

  /// Answers that are read at the end, and the bytes of any page.
  private static final int ALL = 1_000;

  private static final int PAGE_BYTES_MAX = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Few, so that people react alike.
  private static final List<String> EMOJI = List.of("👍", "🎉");

  private static final double READ_FAULTS = 0.02;
  private static final Duration TICK = Duration.ofMillis(100);

  /// Three polls, of the time that a poll takes at most.
  private static final int TICKS_TO_SETTLE = 60;

  private static final int ROUNDS_TO_SETTLE = 20_000;

  private final RandomGenerator random;
  private final SimulatedStore store = new SimulatedStore();
  private final SimulatedTime time;
  private final SimulatedHints hints;
  private final History history = new History();
  private final List<SimulatedReplica> replicas = new ArrayList<>();
  private final List<RoomId> rooms =
      List.of(new RoomId(new UUID(1, 1)), new RoomId(new UUID(1, 2)));
  private final List<Member> people = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private double faults;
  private int depth;
  private int messages;
  private int changes;

  /// A person, and the one change of membership that may be under way.
  private static final class Member {
    final Person person;
    final Map<RoomId, Boolean> in = new HashMap<>();
    @Nullable SimulatedReplica asked;
    @Nullable LogCommand change;

    Member(Person person) {
      this.person = person;
    }

    String id() {
      return person.personId().toString();
    }

    boolean isIn(RoomId roomId) {
      return in.getOrDefault(roomId, false);
    }
  }

  Simulation(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    time = new SimulatedTime(random);
    hints = new SimulatedHints(random, time, replicas);
    hints.lost = random.nextInt(4) == 0 ? 1 : random.nextDouble() / 2;
    faults = random.nextDouble() / 5;
    rooms.forEach(store::create);
    for (int i = random.nextInt(2, 4); i > 0; i--) {
      replicas.add(newReplica());
    }
    for (int i = 0; i < PEOPLE; i++) {
      Person person = new Person(new PersonId(new UUID(0, i + 1)), "person" + i, false);
      people.add(new Member(person));
      for (int client = 0; client < CLIENTS_OF_PERSON; client++) {
        clients.add(new SimulatedClient(person, history));
      }
    }
    store.onRead = this::between;
  }

  private SimulatedReplica newReplica() {
    return new SimulatedReplica(random, store, time, hints);
  }

  /// What is broken.
  List<Violation> run() {
    for (int i = 0; i < STEPS; i++) {
      step();
    }
    faults = 0;
    store.onRead = () -> {};
    for (int tick = 0; tick < TICKS_TO_SETTLE; tick++) {
      settle();
      time.pass(TICK);
    }
    settle();
    look();
    List<Violation> violations = HistoryChecker.check(history.events(), store.all());
    replicas.forEach(SimulatedReplica::kill);
    return violations;
  }

  /// Writes down what there is at the end: what each client keeps, and what each replica reads.
  private void look() {
    for (RoomId roomId : rooms) {
      String room = roomId.toString();
      long last = store.last(roomId);
      for (SimulatedClient client : clients) {
        if (client.heard(roomId) == last) {
          RoomView view = client.view(roomId);
          history.add(
              new Event.Kept(
                  client.person.personId().toString(), room, view.from(), view.entries()));
        }
      }
      for (SimulatedReplica replica : replicas) {
        people.stream()
            .filter(member -> member.isIn(roomId))
            .findFirst()
            .ifPresent(member -> {
              int reading = history.newNumber();
              history.add(new Event.Reads(reading, member.id(), room));
              List<ShownEntry> shown =
                  replica.rooms.currentEntries(roomId, member.person.personId(), 1, last).stream()
                      .map(SimulatedStore::shown)
                      .toList();
              history.add(new Event.Read(reading, room, 1, last, last, shown, List.of()));
              shown.stream()
                  .filter(message -> message.marks().replies() > 0)
                  .forEach(message ->
                      readReplies(replica, roomId, member.person, message.entry().seq(), ALL));
            });
      }
    }
  }

  List<Event> events() {
    return history.events();
  }

  /// Steps of others while a replica waits for the answer to a read.
  private void between() {
    if (depth >= NESTED_MAX) {
      return;
    }
    depth++;
    try {
      for (int i = random.nextInt(3); i > 0; i--) {
        step();
      }
    } finally {
      depth--;
    }
    if (random.nextDouble() < READ_FAULTS) {
      throw SimulatedStore.away();
    }
  }

  private void step() {
    int choice = random.nextInt(100);
    if (choice < 30) {
      time.runOne();
    } else if (choice < 50) {
      arriveSomewhere();
    } else if (choice < 65) {
      stepSomeDatabase();
    } else if (choice < 72) {
      time.pass(Duration.ofMillis(random.nextInt(1, 200)));
    } else if (choice < 86) {
      act(any(clients));
    } else if (choice < 96) {
      change(any(clients));
    } else if (choice < 97) {
      readReplies(any(clients));
    } else if (choice < 99) {
      changeMembership(any(people));
    } else if (random.nextInt(3) == 0) {
      restart(random.nextInt(replicas.size()));
    }
  }

  private void arriveSomewhere() {
    List<SimulatedClient> getting = clients.stream().filter(SimulatedClient::hasArriving).toList();
    if (!getting.isEmpty()) {
      any(getting).arrive();
    }
  }

  private void stepSomeDatabase() {
    List<SimulatedReplica> waiting = databases();
    if (!waiting.isEmpty()) {
      any(waiting).stepDatabase(faults);
    }
  }

  private List<SimulatedReplica> databases() {
    return replicas.stream().filter(SimulatedReplica::hasDatabaseWork).toList();
  }

  private void act(SimulatedClient client) {
    if (client.isBusy()) {
      return;
    }
    RoomId roomId = any(rooms);
    if (!client.isOpen()) {
      reopen(client);
    } else if (random.nextInt(20) == 0) {
      client.lose("the client went elsewhere");
    } else if (client.canRead() && random.nextInt(client.isNewTo(roomId) ? 2 : READINGS) == 0) {
      client.read(roomId);
    } else if (client.heard(roomId) < 0 || random.nextInt(20) == 0) {
      if (!client.isAsking(roomId)) {
        client.subscribe(roomId);
      }
    } else if (!client.unknown.isEmpty()) {
      client.repeat(client.unknown.values().iterator().next());
    } else {
      client.post(roomId, "m" + ++messages, origin(client, roomId));
    }
  }

  /// What a new message answers: mostly nothing, and otherwise one of the newest, so that one
  /// message has many answers, and some are deleted meanwhile.
  private @Nullable Long origin(SimulatedClient client, RoomId roomId) {
    if (client.isNewTo(roomId) || random.nextInt(ANSWERS) > 0) {
      return null;
    }
    List<ShownEntry> seen = client.view(roomId).messages();
    return seen.isEmpty() ? null : anyOfNewest(seen);
  }

  private long anyOfNewest(List<ShownEntry> messages) {
    return messages.get(Math.max(0, messages.size() - 1 - random.nextInt(NEWEST))).entry().seq();
  }

  /// A member reads the answers to a message at any replica, as over HTTP.
  private void readReplies(SimulatedClient client) {
    RoomId roomId = any(rooms);
    List<ShownEntry> seen =
        client.isNewTo(roomId)
            ? List.of()
            : client.view(roomId).messages().stream()
                .filter(message -> message.entry().target() != 0)
                .toList();
    if (!seen.isEmpty()) {
      long origin = any(seen).entry().target();
      readReplies(any(replicas), roomId, client.person, origin, random.nextInt(1, 4));
    }
  }

  private void readReplies(
      SimulatedReplica replica, RoomId roomId, Person person, long origin, int limit) {
    int reading = history.newNumber();
    String room = roomId.toString();
    history.add(new Event.Reads(reading, person.personId().toString(), room));
    byte[] page;
    try {
      page = replica.pages.readReplies(roomId, person.personId(), origin, 0, limit, PAGE_BYTES_MAX);
    } catch (ProblemException refusedOrAway) {
      return;
    }
    if (!replica.isDead()) {
      history.add(Event.ReadReplies.of(reading, room, origin, 0, JSON.readTree(page)));
    }
  }

  /// Goes on with a change of a message, or begins one of what the client sees: a reaction, or a
  /// change of the text, mostly of its own newest messages, so that many change the same ones.
  private void change(SimulatedClient client) {
    SimulatedEditor editor = client.editor;
    if (!editor.isDone()) {
      if (random.nextInt(GIVEN_UP) == 0) {
        editor.giveUp();
      } else if (editor.canGoOn()) {
        editor.goOn(any(replicas));
      }
      return;
    }
    RoomId roomId = any(rooms);
    if (client.isNewTo(roomId)) {
      return;
    }
    boolean reacts = random.nextBoolean();
    boolean own = random.nextInt(10) > 0;
    List<ShownEntry> seen =
        client.view(roomId).messages().stream()
            .filter(message -> reacts || isBy(message, client.person) == own)
            .toList();
    if (seen.isEmpty()) {
      return;
    }
    ShownEntry message = seen.get(Math.max(0, seen.size() - 1 - random.nextInt(NEWEST)));
    String id = "e" + ++changes;
    editor.begin(
        id,
        reacts
            ? mark(roomId, client.person, message.entry().seq())
            : textChange(roomId, client.person, message, "text of " + id));
    editor.goOn(any(replicas));
  }

  private LogCommand mark(RoomId roomId, Person person, long target) {
    if (random.nextInt(PINS) == 0) {
      return random.nextInt(3) == 0
          ? new LogCommand.Unpin(roomId, person, target)
          : new LogCommand.Pin(roomId, person, target);
    }
    String emoji = any(EMOJI);
    return random.nextInt(3) == 0
        ? new LogCommand.Unreact(roomId, person, target, emoji)
        : new LogCommand.React(roomId, person, target, emoji);
  }

  private LogCommand textChange(RoomId roomId, Person person, ShownEntry message, String text) {
    long target = message.entry().seq();
    return random.nextInt(5) == 0
        ? new LogCommand.Delete(roomId, person, target)
        : new LogCommand.Edit(
            roomId, person, target, text, random.nextBoolean() ? message.version() : null);
  }

  private static boolean isBy(ShownEntry message, Person person) {
    return message.entry().person().equals(person.personId().toString());
  }

  private void reopen(SimulatedClient client) {
    client.lose("the line broke");
    client.open(any(replicas));
  }

  /// Asks any replica for a change. If that ends before it answers, another one is asked the same.
  private void changeMembership(Member member) {
    if (member.asked != null && !member.asked.isDead()) {
      return;
    }
    if (member.change == null) {
      RoomId roomId = any(rooms);
      member.change =
          member.isIn(roomId)
              ? new LogCommand.Leave(roomId, member.person)
              : new LogCommand.Join(roomId, member.person);
    }
    SimulatedReplica replica = any(replicas);
    LogCommand change = member.change;
    member.asked = replica;
    if (change instanceof LogCommand.Leave) {
      history.add(new Event.Leaving(member.id(), change.roomId().toString()));
    }
    CompletableFuture<CommandResult> result = replica.log.writer().submit(change);
    var _ =
        result.whenComplete((done, failure) -> {
          if (member.asked == replica && !replica.isDead()) {
            answered(member, change, failure == null);
          }
        });
    replica.log.awaitQuiet();
  }

  private void answered(Member member, LogCommand change, boolean done) {
    member.asked = null;
    if (done) {
      boolean joined = change instanceof LogCommand.Join;
      member.in.put(change.roomId(), joined);
      member.change = null;
      history.add(new Event.Member(member.id(), change.roomId().toString(), joined));
    }
  }

  private void restart(int number) {
    SimulatedReplica killed = replicas.get(number);
    killed.kill();
    replicas.set(number, newReplica());
    hints.lost = random.nextInt(4) == 0 ? 1 : random.nextDouble() / 2;
  }

  /// Does everything that is left to do now.
  private void settle() {
    boolean more = true;
    for (int round = 0; more; round++) {
      if (round == ROUNDS_TO_SETTLE) {
        throw new IllegalStateException("it does not come to rest");
      }
      more = time.runOne();
      for (SimulatedReplica replica : databases()) {
        replica.stepDatabase(0);
        more = true;
      }
      for (Member member : people) {
        if (member.change != null && (member.asked == null || member.asked.isDead())) {
          changeMembership(member);
          more = true;
        }
      }
      for (SimulatedClient client : clients) {
        more |= settle(client);
      }
    }
  }

  private boolean settle(SimulatedClient client) {
    if (client.hasArriving()) {
      client.arrive();
      return true;
    }
    if (!client.isOpen()) {
      reopen(client);
      return true;
    }
    if (!client.unknown.isEmpty()) {
      client.repeat(client.unknown.values().iterator().next());
      return true;
    }
    if (client.editor.canGoOn()) {
      client.editor.goOn(any(replicas));
      return true;
    }
    for (RoomId roomId : rooms) {
      if (isIn(client, roomId) && client.heard(roomId) < 0 && !client.isAsking(roomId)) {
        client.subscribe(roomId);
        return true;
      }
    }
    return false;
  }

  private boolean isIn(SimulatedClient client, RoomId roomId) {
    return people.stream()
        .filter(member -> member.person.equals(client.person))
        .anyMatch(member -> member.isIn(roomId));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
