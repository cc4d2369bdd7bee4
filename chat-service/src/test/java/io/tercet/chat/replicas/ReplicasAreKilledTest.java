package io.tercet.chat.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.HistoryChecker;
import io.tercet.chat.history.Violation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two and three replicas are one service, while each of them, PostgreSQL and Valkey are killed,
/// stopped and cut off under load.
///
/// Each seed is a round with rooms of its own: people talk, edit, delete, react and
/// read, [FaultPlan#FAULTS] faults happen, all is mended, the people get the time to hear the rest,
/// and [HistoryChecker] looks at what they did and got, and whether all see the same rooms. `make
/// chaos` runs more rounds than a test run.
@Tag("docker")
@Timeout(14_400)
class ReplicasAreKilledTest {

  private static final int PEOPLE = 20;
  private static final int ROOMS = 3;
  private static final int FEW = 2;
  private static final int MANY = 3;
  private static final int EXPLAINED = 5;

  /// How many steps each person goes on after all is mended, each with its clients at their places.
  private static final int CALM_STEPS = 15;

  /// A client comes back, and a replica hears of what it missed by its poll.
  private static final Duration SETTLE_MAX = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final List<Replica> replicas = new ArrayList<>();
  private ReplicaNetwork network;
  private Accounts accounts;

  @BeforeEach
  void start() throws Exception {
    network = ReplicaNetwork.start();
    for (int i = 0; i < FEW; i++) {
      addReplica();
    }
    accounts = new Accounts(replicas.getFirst(), http);
    accounts.register(PEOPLE);
  }

  @AfterEach
  void close() throws Exception {
    for (Replica replica : replicas) {
      replica.close();
    }
    network.close();
    http.shutdownNow();
  }

  @Test
  void andNothingIsLostOrTwiceOrOutOfOrder() throws Exception {
    List<Long> seeds = Seeds.chosen();
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      if (i >= seeds.size() / 2 && replicas.size() < MANY) {
        addReplica();
      }
      broken.addAll(round(seeds.get(i)));
    }
    assertThat(broken).isEmpty();
  }

  private void addReplica() throws IOException {
    replicas.add(Replica.start("replica-" + replicas.size(), folder, network));
  }

  /// What is broken after a round.
  private List<String> round(long seed) throws Exception {
    long begun = System.nanoTime();
    FaultPlan plan = FaultPlan.of(seed, replicas.size());
    System.out.printf("TERCET_SEED=%d, %d replicas: %s%n", seed, replicas.size(), plan.steps());
    History history = new History();
    List<String> rooms = accounts.createRooms(ROOMS, "of-" + seed, history);
    RandomGenerator random = Seeds.generator(seed);
    List<Participant> people = new ArrayList<>();
    for (Participant.Account each : accounts.people()) {
      RandomGenerator own = Seeds.generator(random.nextLong());
      people.add(new Participant(each, rooms, replicas, history, own, http));
    }
    List<Thread> threads = people.stream().map(each -> Thread.ofVirtual().start(each)).toList();
    Editor founder = new Editor(accounts.founder(), replicas, history, random, http);
    Duration settled;
    List<Event> events;
    try {
      plan.carryOut(network, replicas);
      // The last words of all come when each client is at its place again.
      awaitCalm(people);
      people.forEach(Participant::settle);
      settled = awaitSettled(people, rooms);
      Map<String, Long> newest = RoomTable.newest(network, rooms);
      people.forEach(each -> each.tellWhatIsKept(newest));
      readAll(founder, rooms);
    } finally {
      people.forEach(Participant::end);
      for (Thread thread : threads) {
        thread.join();
      }
      events = history.events();
      people.forEach(Participant::close);
    }

    List<String> broken =
        new ArrayList<>(people.stream().flatMap(p -> p.unexpected().stream()).toList());
    broken.addAll(founder.unexpected());
    List<Violation> violations = HistoryChecker.check(events, RoomTable.logs(network, rooms));
    violations.stream().limit(EXPLAINED).forEach(each -> broken.add(each.explain(events)));
    System.out.printf(
        "  %s; %d breaks; settled in %.1f s; %d violations; %d s%n",
        Counts.of(events),
        people.stream().mapToInt(Participant::breaks).sum(),
        settled.toMillis() / 1e3,
        violations.size(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    if (!broken.isEmpty()) {
      broken.addFirst("TERCET_SEED=" + seed + " repeats this; all of it: " + keep(seed, events));
      broken.forEach(System.out::println);
    }
    return broken;
  }

  /// Reads all of each room as it is now at each replica.
  private void readAll(Editor reader, List<String> rooms) {
    for (Replica replica : replicas) {
      for (String room : rooms) {
        for (long before = Long.MAX_VALUE; before > 1; ) {
          Event.Read page = reader.read(room, replica, before);
          assertThat(page).as(replica.name + " answers").isNotNull();
          before = page.from();
        }
      }
    }
  }

  /// Waits until everybody goes on as if nothing had happened.
  private static void awaitCalm(List<Participant> people) throws Exception {
    Map<Participant, Integer> mended = new HashMap<>();
    people.forEach(each -> mended.put(each, each.calmSteps()));
    await(
        () -> people.stream().allMatch(each -> each.calmSteps() >= mended.get(each) + CALM_STEPS));
  }

  /// Waits until everybody has heard everything; how long that took.
  private Duration awaitSettled(List<Participant> people, List<String> rooms) throws Exception {
    return await(() -> {
      Map<String, Long> newest = RoomTable.newest(network, rooms);
      Map<String, Map<String, Long>> places = RoomTable.places(network);
      return people.stream()
              .allMatch(each -> each.isQuiet() && each.hasHeard(newest) && each.hasPlaces(places))
          && newest.equals(RoomTable.newest(network, rooms));
    });
  }

  /// Waits at most [#SETTLE_MAX]: what is missing then is for the checker to say.
  private static Duration await(Callable<Boolean> condition) throws Exception {
    long from = System.nanoTime();
    while (System.nanoTime() - from < SETTLE_MAX.toNanos() && !condition.call()) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  /// Writes a history that broke a rule, and what the replicas said, where it stays.
  private Path keep(long seed, List<Event> events) throws IOException {
    Path kept = Files.createDirectories(Path.of("target", "chaos", "seed-" + seed));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      lines.add(i + ": " + events.get(i));
    }
    for (Replica replica : replicas) {
      Files.writeString(kept.resolve(replica.name + ".log"), replica.said());
    }
    return Files.write(kept.resolve("history.txt"), lines).toAbsolutePath();
  }
}
