package io.tercet.chat.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/// With the stepped writer only one thread does anything at any time.
class SteppedLogWriterTest {

  @Test
  void tellsResultsOnTheThreadOfTheTest() {
    SteppedLogWriter stepped =
        new SteppedLogWriter(
            Mockito.mock(LogReader.class), (roomId, entries) -> {}, InstantSource.system());
    Person ada = new Person(new PersonId(new UUID(0, 1)), "ada", false);
    List<Thread> tellers = new ArrayList<>();

    var _ =
        stepped
            .writer()
            .submit(new LogCommand.Join(new RoomId(new UUID(0, 2)), ada))
            .whenComplete((result, failure) -> tellers.add(Thread.currentThread()));
    stepped.awaitQuiet();
    stepped.release((commands, now) ->
        CompletableFuture.completedFuture(List.of(new CommandResult.Unchanged())));
    stepped.stop();

    assertThat(tellers).containsExactly(Thread.currentThread());
  }
}
