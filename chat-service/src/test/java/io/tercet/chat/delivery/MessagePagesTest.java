package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.ROOM;
import static io.tercet.chat.delivery.DeliveryFixture.joined;
import static io.tercet.chat.delivery.DeliveryFixture.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.when;

import io.tercet.chat.delivery.DeliveryFixture.TestChannel;
import io.tercet.chat.delivery.MessagePages.Places;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.MessagePage;
import io.tercet.chat.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MessagePagesTest {

  private static final int ENTRY_BYTES = 10;

  private final DeliveryFixture fixture = new DeliveryFixture();
  private final MessagePages pages =
      new MessagePages(fixture.rooms, fixture.frames, fixture.outbound, fixture.turns);

  /// Eleven places.
  @BeforeEach
  void fillTheRoom() {
    fixture.append(joined(ADA));
    for (int each = 2; each <= 11; each++) {
      fixture.append(said(ADA, "m" + each));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "before, 8, 3, 5, 7",
    "before, 12, 3, 9, 11",
    "before, 9223372036854775807, 3, 9, 11",
    "before, 3, 5, 1, 2",
    "before, 1, 5, 1, 0",
    "before, 0, 5, 1, 0",
    "before, -9223372036854775808, 5, 1, 0",
    "after, 0, 3, 1, 3",
    "after, 8, 5, 9, 11",
    "after, 11, 5, 12, 11",
    "after, 9223372036854775807, 5, 12, 11",
    "after, -9223372036854775808, 5, 1, 5",
    "around, 6, 5, 4, 8",
    "around, 6, 4, 4, 7",
    "around, 6, 1, 6, 6",
    "around, 2, 5, 1, 5",
    "around, 11, 5, 7, 11",
    "around, 6, 200, 1, 11",
    "around, 9223372036854775807, 5, 7, 11",
    "around, -9223372036854775808, 5, 1, 5"
  })
  void arePlacesOfTheLog(String kind, long place, int limit, long from, long to) {
    Places places =
        switch (kind) {
          case "before" -> Places.before(place, limit, 11);
          case "after" -> Places.after(place, limit, 11);
          default -> Places.around(place, limit, 11);
        };

    assertThat(places).extracting(Places::from, Places::to).containsExactly(from, to);
  }

  @Test
  void haveNoPlacesOfALogThatIsEmpty() {
    for (Places none :
        List.of(Places.before(5, 3, 0), Places.after(5, 3, 0), Places.around(5, 3, 0))) {
      assertThat(none.to()).isLessThan(none.from());
    }
  }

  @Test
  void haveFewerPlacesNextToTheOneThatWasAskedForIfTheyAreTooManyBytes() {
    assertThat(read(last -> Places.before(11, 10, last), 45)).containsExactly(1L, 10L, 8L, 10L);
    assertThat(read(last -> Places.after(1, 10, last), 45)).containsExactly(2L, 11L, 2L, 4L);
    assertThat(read(last -> Places.around(6, 10, last), 45)).containsExactly(1L, 10L, 5L, 7L);
    assertThat(read(last -> Places.around(2, 10, last), 45)).containsExactly(1L, 10L, 2L, 4L);
    assertThat(read(last -> Places.before(11, 10, last), 1))
        .as("one place in any case")
        .containsExactly(1L, 10L, 10L, 10L);
  }

  /// The first places that a page had, and the last ones. Each entry counts as ten bytes.
  private List<Long> read(LongFunction<Places> places, int bytesMax) {
    List<MessagePage> encoded = new ArrayList<>();
    pages.read(
        ROOM,
        ADA.personId(),
        places,
        bytesMax,
        page -> {
          encoded.add(page);
          assertThat(page.entries())
              .allMatch(
                  each -> each.entry().seq() >= page.from() && each.entry().seq() <= page.to());
          return ByteBuffer.allocate(page.entries().size() * ENTRY_BYTES);
        });
    MessagePage first = encoded.getFirst();
    MessagePage last = encoded.getLast();
    return List.of(first.from(), first.to(), last.from(), last.to());
  }

  @Test
  void sayWhetherThereAreOlderPlaces() {
    assertThat(history(5, 2)).isEqualTo("[3,4] 3-4 true");
    assertThat(history(3, 2)).isEqualTo("[1,2] 1-2 false");
    assertThat(history(1, 2)).isEqualTo("[] 1-0 false");
  }

  private String history(long before, int limit) {
    TestChannel ada = fixture.connect(ADA);
    fixture.handler.receive(ada.connection, new ClientFrame.History("r", ROOM, before, limit));
    JsonNode frame = ada.lastFrame();
    List<Long> seqs =
        frame.get("entries").valueStream().map(entry -> entry.get("seq").longValue()).toList();
    return "%s %s-%s %s"
        .formatted(seqs, frame.get("from"), frame.get("to"), frame.get("more"))
        .replace(", ", ",");
  }

  @Test
  void areReadForMembersOnly() {
    assertThatThrownBy(() ->
            pages.read(
                ROOM,
                BOB.personId(),
                last -> Places.before(11, 10, last),
                100,
                page -> ByteBuffer.allocate(0)))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> pages.message(ROOM, BOB.personId(), 2))
        .isInstanceOf(ProblemException.class);
  }

  /// One page at once here.
  @Test
  void areReadAFewAtATimeHoweverManyAsk() throws InterruptedException {
    AtomicInteger reading = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    when(fixture.rooms.currentEntries(any(), any(), anyLong(), anyLong()))
        .thenAnswer(call -> {
          atOnce.accumulateAndGet(reading.incrementAndGet(), Math::max);
          Thread.yield();
          reading.decrementAndGet();
          return List.of();
        });
    CountDownLatch answered = new CountDownLatch(100);
    for (int each = 0; each < 100; each++) {
      Thread.ofVirtual()
          .start(() -> {
            pages.read(
                ROOM,
                ADA.personId(),
                last -> Places.around(6, 10, last),
                100,
                page -> ByteBuffer.allocate(0));
            answered.countDown();
          });
    }

    answered.await();
    assertThat(atOnce).hasValue(1);
  }
}
