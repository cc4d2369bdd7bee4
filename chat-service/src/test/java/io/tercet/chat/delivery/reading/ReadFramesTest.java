package io.tercet.chat.delivery.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.Connections;
import io.tercet.chat.delivery.DeliveryThreads;
import io.tercet.chat.frame.TestFrames;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.reading.ReadMove;
import io.tercet.chat.room.reading.ReadPlace;
import io.tercet.chat.room.reading.ReadPlaceStore;
import io.tercet.chat.room.reading.Reader;
import io.tercet.chat.room.reading.ReadingSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Frames about places that moved.
class ReadFramesTest {

  private static final ReadingSettings SETTINGS =
      new ReadingSettings(1_000, 100, Duration.ZERO, Duration.ZERO, 1, 1, 2, Duration.ofSeconds(1));
  private static final RoomId ROOM = new RoomId(new UUID(2, 1));

  private final Connections connections = mock(Connections.class);
  private final List<String> sent = new ArrayList<>();
  private final List<Map<PersonId, Long>> asked = new ArrayList<>();
  private final Queue<Runnable> started = new ArrayDeque<>();
  private final List<Duration> delays = new ArrayList<>();
  private long seq = 5;
  private boolean away;
  private Runnable whileRead = () -> {};

  private final ReadPlaceStore store =
      new ReadPlaceStore() {
        @Override
        public CompletableFuture<Written> write(Collection<ReadMove> moves) {
          throw new AssertionError("nobody writes");
        }

        @Override
        public List<ReadPlace> movedAfter(Map<PersonId, Long> versions) {
          if (away) {
            throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE);
          }
          asked.add(versions);
          long now = seq;
          whileRead.run();
          return versions.keySet().stream()
              .map(person -> new ReadPlace(new Reader(person, ROOM), now))
              .toList();
        }
      };

  private final DeliveryThreads threads =
      new DeliveryThreads() {
        @Override
        public void start(String name, Runnable task) {
          started.add(task);
        }

        @Override
        public void startLater(String name, Duration delay, Runnable task) {
          delays.add(delay);
          started.add(task);
        }
      };

  private final ReadFrames frames =
      new ReadFrames(connections, store, TestFrames.writer(), threads, SETTINGS);

  @BeforeEach
  void nobodyIsConnected() {
    when(connections.of(any())).thenReturn(List.of());
  }

  @Test
  void goToAllSocketsOfThePerson() {
    connect(1, "phone", "desk");
    hear(1, 3);
    run();

    assertThat(asked).containsExactly(Map.of(person(1), 3L));
    String frame =
        " {\"type\":\"read\",\"roomId\":\"%s\",\"lastReadSeq\":5}".formatted(ROOM.toString());
    assertThat(sent).containsExactly("phone" + frame, "desk" + frame);
  }

  @Test
  void costNothingForWhoIsNotConnected() {
    hear(1, 3);
    assertThat(started).isEmpty();
  }

  @Test
  void areReadByOneThreadFromTheFirstVersionOnThatIsMissing() {
    connect(1, "phone");
    hear(1, 4);
    hear(1, 3);
    hear(1, 5);
    assertThat(started).hasSize(1);
    run();
    assertThat(asked).containsExactly(Map.of(person(1), 3L));
  }

  @Test
  void endWithTheNewestPlaceThatMovedWhileOneWasRead() {
    connect(1, "phone");
    whileRead =
        () -> {
          whileRead = () -> {};
          seq = 6;
          hear(1, 4);
        };
    hear(1, 3);
    run();

    assertThat(sent).hasSize(2);
    assertThat(sent.getLast()).contains("\"lastReadSeq\":6");
  }

  @Test
  void readABoundedNumberOfPeopleInOneStatement() {
    for (int number = 1; number <= 5; number++) {
      connect(number, "s" + number);
      hear(number, 0);
    }
    run();
    assertThat(asked).extracting(Map::size).containsExactly(2, 2, 1);
    assertThat(sent).hasSize(5);
  }

  @Test
  void areSentLaterWhenTheDatabaseIsAway() {
    connect(1, "phone");
    hear(1, 3);
    away = true;
    started.remove().run();
    hear(1, 4);
    assertThat(delays).containsExactly(SETTINGS.tellPause());
    assertThat(started).hasSize(1);

    away = false;
    run();
    assertThat(asked).containsExactly(Map.of(person(1), 3L));
    assertThat(sent).hasSize(1);
    hear(1, 5);
    run();
    assertThat(sent).hasSize(2);
  }

  private void run() {
    while (!started.isEmpty()) {
      started.remove().run();
    }
  }

  private void hear(int number, long after) {
    frames.heard(new Hint.PlacesMoved(person(number).value(), after));
  }

  private void connect(int number, String... sockets) {
    List<Connection> open = new ArrayList<>();
    for (String socket : sockets) {
      Connection connection = mock(Connection.class);
      doAnswer(
              call -> {
                ByteBuffer frame = call.<ByteBuffer>getArgument(0).duplicate();
                sent.add(socket + " " + StandardCharsets.UTF_8.decode(frame));
                return null;
              })
          .when(connection)
          .send(any());
      open.add(connection);
    }
    when(connections.of(person(number))).thenReturn(open);
  }

  private static PersonId person(int number) {
    return new PersonId(new UUID(1, number));
  }
}
