package io.tercet.chat.delivery;

import static io.tercet.chat.delivery.DeliveryFixture.ADA;
import static io.tercet.chat.delivery.DeliveryFixture.BOB;
import static io.tercet.chat.delivery.DeliveryFixture.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.delivery.outbound.SendBudget;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The bounds here: one page read at a time, two written to a person, 5 KB written to all.
class PageTurnsTest {

  private final DeliveryFixture fixture = new DeliveryFixture();
  private final PageTurns turns = fixture.turns;
  private final SendBudget budget = fixture.connections.budget();

  @Test
  void letOnePageBeReadAfterAnother() throws Exception {
    CompletableFuture<Void> second = new CompletableFuture<>();
    turns.take(() -> {
      Thread.ofVirtual().start(() -> second.complete(turns.take(() -> null)));
      assertThat(second).isNotDone();
      return "first";
    });
    second.get(60, TimeUnit.SECONDS);
  }

  @Test
  void countAPageAsLongAsItIsWritten() throws IOException {
    write(ADA, 1_000, () -> assertThat(budget.used()).isEqualTo(1_000));
    assertThat(budget.used()).isZero();
  }

  @Test
  void countAPageNoLongerWhenItsClientIsGone() {
    assertThatThrownBy(() ->
            write(
                ADA,
                1_000,
                () -> {
                  throw new IOException("gone");
                }))
        .isInstanceOf(IOException.class);
    assertThat(budget.used()).isZero();
  }

  @Test
  void refuseAThirdPageOfOnePerson() throws IOException {
    write(
        ADA,
        1,
        () ->
            write(
                ADA,
                1,
                () -> {
                  assertRefuses(ADA, 1, ProblemType.TOO_FAST);
                  write(BOB, 1, () -> {});
                }));
    write(ADA, 1, () -> {});
  }

  @Test
  void refuseAPageWhenTooManyBytesAreWrittenToAll() throws IOException {
    write(
        ADA,
        3_000,
        () ->
            write(
                BOB,
                2_000,
                () -> {
                  assertRefuses(EVE, 1_000, ProblemType.SERVICE_UNAVAILABLE);
                  write(EVE, 100, () -> {});
                }));
  }

  private interface Step {
    void run() throws IOException;
  }

  private void assertRefuses(Person person, int bytes, ProblemType type) {
    assertThatThrownBy(() -> write(person, bytes, () -> {}))
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.type()).isEqualTo(type));
  }

  private void write(Person person, int bytes, Step duringWrite) throws IOException {
    turns.write(
        person.personId(),
        new byte[bytes],
        new OutputStream() {
          @Override
          public void write(int octet) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] page) throws IOException {
            duringWrite.run();
          }
        });
  }
}
