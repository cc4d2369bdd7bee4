package io.tercet.chat.room;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.LogWriter;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SteppedLogWriter;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.mention.Attendance;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoomsTest {

  private static final RoomId ROOM = new RoomId(new UUID(0, 1));
  private static final Person ADA = new Person(new PersonId(new UUID(0, 2)), "ada", false);

  private final LogReader entries = mock(LogReader.class);
  private final LogWriter writer = mock(LogWriter.class);

  @Test
  void neverSayThatNothingWasWrittenWhenOnlyTheReadingAfterAnEditFails() {
    Rooms rooms =
        new Rooms(
            mock(RoomStore.class),
            entries,
            writer,
            SteppedLogWriter.settings(),
            new MessageSettings(Duration.ZERO, 100),
            mock(Attendance.class));
    when(writer.execute(any())).thenReturn(new CommandResult.Unchanged());
    when(entries.current(any(), any(), anyLong(), anyLong()))
        .thenThrow(new ProblemException(ProblemType.SERVICE_UNAVAILABLE));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> rooms.edit(ROOM, ADA, 3, "text", null))
        .extracting(ProblemException::type)
        .isEqualTo(ProblemType.SERVICE_TIMEOUT);
  }
}
