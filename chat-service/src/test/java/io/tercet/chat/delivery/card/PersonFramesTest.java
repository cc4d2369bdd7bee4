package io.tercet.chat.delivery.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tercet.chat.delivery.DeliveryThreads;
import io.tercet.chat.delivery.Fanout;
import io.tercet.chat.frame.TestFrames;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Card;
import io.tercet.chat.people.card.CardSettings;
import io.tercet.chat.people.card.Cards;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Frames about people whose cards changed.
class PersonFramesTest {

  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final CardSettings SETTINGS = new CardSettings(1, 1, 1, PERIOD, 2, 1, PAUSE);

  private final Cards cards = mock(Cards.class);
  private final Fanout fanout = mock(Fanout.class);
  private final List<String> told = new ArrayList<>();
  private final List<Integer> read = new ArrayList<>();
  private final Queue<Runnable> started = new ArrayDeque<>();
  private final List<Duration> delays = new ArrayList<>();
  private String timeZone = "UTC";
  private boolean away;

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

  private final PersonFrames frames =
      new PersonFrames(cards, fanout, TestFrames.writer(), threads, SETTINGS);

  @BeforeEach
  void everybodyIsAlone() {
    frames.start();
    when(cards.findAll(any()))
        .thenAnswer(call -> {
          if (away) {
            throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE);
          }
          Collection<PersonId> asked = call.getArgument(0);
          read.add(asked.size());
          return asked.stream()
              .map(id -> new Card(new Person(id, "p" + number(id), false), null, null, timeZone))
              .toList();
        });
    when(cards.rooms(any())).thenReturn(List.of());
    doAnswer(
            call -> {
              ByteBuffer frame = call.getArgument(2);
              Person person = call.getArgument(0);
              String text = StandardCharsets.UTF_8.decode(frame.duplicate()).toString();
              assertThat(text)
                  .contains("\"type\":\"person\"", "\"name\":\"" + person.name() + "\"");
              told.add(person.name() + (text.contains("UTC") ? " UTC" : " other"));
              return null;
            })
        .when(fanout)
        .rename(any(), any(), any());
  }

  @Test
  void tellTheFirstChangeAtOnceAndThoseAfterItTogether() {
    hear(1);
    runNext();
    assertThat(told).containsExactly("p1 UTC");
    assertThat(delays).containsExactly(PERIOD);

    hear(1);
    hear(2);
    timeZone = "Asia/Tokyo";
    hear(1);
    assertThat(started).as("only the task that waits for the end of the period").hasSize(1);
    runNext();
    assertThat(told).containsExactly("p1 UTC", "p1 other", "p2 other");
    runNext();
    assertThat(started).as("nothing changed").isEmpty();

    hear(1);
    assertThat(started).hasSize(1);
  }

  @Test
  void readABoundedNumberOfCardsInOneStatement() {
    for (int i = 1; i <= 5; i++) {
      hear(i);
    }
    runNext();
    assertThat(read).containsExactly(2, 2, 1);
  }

  @Test
  void areSentLaterWhenTheDatabaseIsAway() {
    away = true;
    hear(1);
    runNext();
    assertThat(told).isEmpty();
    assertThat(delays).containsExactly(PAUSE);
    away = false;
    runNext();
    assertThat(told).containsExactly("p1 UTC");
  }

  @Test
  void areSentNoMoreAfterTheServiceStopped() {
    away = true;
    hear(1);
    runNext();
    hear(2);
    frames.stop();
    hear(3);
    while (!started.isEmpty()) {
      runNext();
    }
    away = false;
    assertThat(told).isEmpty();
    frames.start();
    hear(4);
    runNext();
    assertThat(told).containsExactly("p4 UTC");
  }

  private void runNext() {
    started.remove().run();
  }

  private void hear(int number) {
    frames.heard(new Hint.CardChanged(new UUID(0, number)));
  }

  private static long number(PersonId personId) {
    return personId.value().getLeastSignificantBits();
  }
}
