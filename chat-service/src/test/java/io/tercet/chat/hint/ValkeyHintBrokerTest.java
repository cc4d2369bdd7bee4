package io.tercet.chat.hint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.chat.valkey.Valkey;
import io.tercet.chat.valkey.ValkeyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
class ValkeyHintBrokerTest extends HintBrokerContract {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final HintSettings SETTINGS = new HintSettings(SECOND, SECOND, 500, SECOND, 100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static ValkeyServer server;
  private final List<Valkey> opened = new ArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final MeterRegistry otherMeters = new SimpleMeterRegistry();
  private final List<Hint> heardElsewhere = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void start() {
    server = ValkeyServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    server.relay().resume();
    opened.forEach(Valkey::stop);
  }

  @Override
  ValkeyHintBroker open(HintListeners listeners) {
    return open(server, listeners, meters);
  }

  @Test
  void takesHintsOfEachKindToTheOtherReplicaAndNotBack() {
    assertTakesHints(server);
  }

  @Test
  void takesHintsThroughACluster() {
    try (ValkeyServer cluster = ValkeyServer.startCluster()) {
      assertTakesHints(cluster);
      opened.forEach(Valkey::stop);
      opened.clear();
    }
  }

  private void assertTakesHints(ValkeyServer valkey) {
    ValkeyHintBroker one = open(valkey, listeners(heard::add), meters);
    open(valkey, listeners(heardElsewhere::add), otherMeters);
    for (Hint hint : ALL_KINDS) {
      one.publish(hint);
    }
    // Each channel once more.
    List<Hint> people = new ArrayList<>();
    for (long i = 0; i < 64; i++) {
      people.add(new Hint.PersonChanged(new UUID(i, 0)));
    }
    people.forEach(one::publish);
    await(() -> heardElsewhere.size() >= ALL_KINDS.size() + people.size());
    assertThat(heardElsewhere)
        .hasSize(ALL_KINDS.size() + people.size())
        .containsAll(ALL_KINDS)
        .containsAll(people);
    assertThat(heard).as("each once").hasSize(ALL_KINDS.size() + people.size());
  }

  @Test
  void tellsTheNewestSeqOfABusyRoomWithFewMessages() {
    ValkeyHintBroker one = open(listeners());
    open(server, listeners(heardElsewhere::add), otherMeters);
    double before = sent();
    server.relay().freeze();
    for (long seq = 1; seq <= 50_000; seq++) {
      one.publish(new Hint.RoomReached(ROOM, seq));
    }
    server.relay().resume();
    await(() -> heardElsewhere.contains(new Hint.RoomReached(ROOM, 50_000)));
    assertThat(sent() - before).isLessThanOrEqualTo(3);
  }

  @Test
  void countsWhatIsNoHintAndGoesOn() throws Exception {
    open(server, listeners(heardElsewhere::add), otherMeters);
    Valkey somebody = connected(server);
    for (String message : List.of("hello", "2 new", "1 " + ROOM + " read-place " + ROOM)) {
      for (int channel = 0; channel < ValkeyHintBroker.CHANNELS; channel++) {
        somebody
            .commands()
            .spublish("tercet:hint:{" + channel + "}", message)
            .get(10, TimeUnit.SECONDS);
      }
    }
    open(listeners()).publish(ALL_KINDS.getLast());
    await(() -> heardElsewhere.size() == 1);
    assertThat(heardElsewhere).containsExactly(ALL_KINDS.getLast());
    assertThat(otherMeters.counter("tercet.hints.malformed").count())
        .isEqualTo(ValkeyHintBroker.CHANNELS);
  }

  @Test
  void dropsHintsWhileItIsAwayAndHearsAgainWhenItIsBack() {
    ValkeyHintBroker one = open(listeners(heard::add));
    ValkeyHintBroker other = open(server, listeners(heardElsewhere::add), otherMeters);
    server.relay().cut();
    opened.forEach(valkey -> ValkeyServer.checkUntil(valkey, false));
    assertThat(one.isHearing()).isFalse();
    one.publish(ALL_KINDS.getFirst());
    assertThat(heard).containsExactly(ALL_KINDS.getFirst());
    assertThat(meters.counter("tercet.hints.dropped").count()).isPositive();

    server.relay().resume();
    opened.forEach(valkey -> ValkeyServer.checkUntil(valkey, true));
    await(() -> one.isHearing() && other.isHearing());
    one.publish(ALL_KINDS.getLast());
    await(() -> heardElsewhere.contains(ALL_KINDS.getLast()));
  }

  @Test
  void subscribesAgainWhenItHearsItselfNoMore() {
    ValkeyHintBroker one = open(listeners(heard::add));
    one.unsubscribe();
    one.beat();
    await(() -> {
      one.beat();
      return one.isHearing();
    });
  }

  @Test
  void dropsWhatIsTooMuchAndBlocksNobodyWhileNothingIsAnswered() {
    ValkeyHintBroker one = open(listeners());
    server.relay().freeze();
    for (long i = 0; i < 1_000; i++) {
      one.publish(new Hint.PersonChanged(new UUID(i, 0)));
    }
    assertThat(meters.counter("tercet.hints.dropped").count()).isGreaterThanOrEqualTo(900 - 16);
  }

  private double sent() {
    return meters.counter("tercet.hints.sent").count();
  }

  private ValkeyHintBroker open(
      ValkeyServer valkey, HintListeners listeners, MeterRegistry registry) {
    Valkey connection = connected(valkey);
    ValkeyHintBroker broker = new ValkeyHintBroker(connection, listeners, SETTINGS, registry);
    broker.subscribe();
    await(broker::isHearing);
    return broker;
  }

  private Valkey connected(ValkeyServer valkey) {
    Valkey connection = valkey.connect();
    ValkeyServer.checkUntil(connection, true);
    opened.add(connection);
    return connection;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
