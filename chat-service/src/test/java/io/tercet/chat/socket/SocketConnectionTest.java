package io.tercet.chat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.MockClock;
import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.ConnectionHandler;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.frame.ParsedFrame;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.security.AuthenticatedPerson;
import io.tercet.chat.session.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// One socket from Jetty's frames to the handler, without a network and by a clock that stands.
class SocketConnectionTest {

  private static final ClientFrame PING = new ClientFrame.Ping("r1");

  private final MockClock clock = new MockClock();
  private final RecordingSession session = new RecordingSession();
  private final ConnectionHandler handler = mock(ConnectionHandler.class);
  private final Connection connection = mock(Connection.class);
  private final FrameReader reader = mock(FrameReader.class);
  private final IdleSocketReaper reaper = new IdleSocketReaper(clock);
  private final SocketFrameHandler socket =
      new SocketFrameHandler(
          new AuthenticatedPerson(
              new Person(new PersonId(UUID.randomUUID()), "ada", false),
              new SessionId(UUID.randomUUID())),
          "192.0.2.1",
          new SocketContext(
              handler,
              reader,
              new SocketSettings(
                  DataSize.ofBytes(20),
                  3,
                  1,
                  Duration.ofSeconds(90),
                  Duration.ofSeconds(5),
                  DataSize.ofKilobytes(256)),
              clock),
          reaper);

  @BeforeEach
  void opens() {
    when(handler.open(any(), any(), any(), any())).thenReturn(connection);
    when(reader.read(anyString())).thenReturn(new ParsedFrame.Valid(PING));
    socket.onOpen(session, Callback.NOOP);
    assertThat(session.done).containsExactly("demand");
    session.done.clear();
  }

  @Test
  void givesEveryLineOfAMessageToTheHandler() {
    frame(OpCode.TEXT, "one\n\ntwo\n", true);
    verify(reader).read("one");
    verify(reader).read("two");
    verify(handler, times(2)).receive(connection, PING);
    assertThat(session.done).containsExactly("demand");
  }

  @Test
  void answersAPingBetweenTheFramesOfAMessage() {
    frame(OpCode.TEXT, "o", false);
    frame(OpCode.PING, "are you there", true);
    frame(OpCode.PONG, "", true);
    frame(OpCode.CONTINUATION, "ne", true);
    verify(reader).read("one");
    assertThat(session.done)
        .containsExactly("demand", "PONG are you there", "demand", "demand", "demand");
  }

  @Test
  void readsNoFrameBeforeTheAnswerToAPingHasLeft() {
    session.sends = false;
    frame(OpCode.PING, "are you there", true);
    assertThat(session.done).containsExactly("PONG are you there");
    session.sent();
    assertThat(session.done).containsExactly("PONG are you there", "demand");
  }

  @Test
  void answersAPingWithoutAPayload() {
    socket.onFrame(new Frame(OpCode.PING), Callback.NOOP);
    assertThat(session.done).containsExactly("PONG ", "demand");
  }

  @Test
  void closesOnAMessageThatIsTooBigAndReadsNoneOfIt() {
    frame(OpCode.TEXT, "x".repeat(20), false);
    frame(OpCode.CONTINUATION, "x", false);
    frame(OpCode.CONTINUATION, "{}", true);
    verify(connection, times(2)).close(CloseReason.TOO_BIG);
    verify(reader, never()).read(anyString());
  }

  @Test
  void closesOnBytesThatAreNotUtf8() {
    socket.onFrame(
        new Frame(OpCode.TEXT, true, ByteBuffer.wrap(new byte[] {(byte) 0xff})), Callback.NOOP);
    assertThat(session.done).containsExactly("close " + CloseStatus.BAD_PAYLOAD, "demand");
  }

  @Test
  void closesOnABinaryMessage() {
    frame(OpCode.BINARY, "one", true);
    verify(connection).close(CloseReason.MALFORMED);
  }

  @Test
  void readsNoLineAfterAMalformedOne() {
    when(reader.read("two")).thenReturn(new ParsedFrame.Malformed("not JSON"));
    frame(OpCode.TEXT, "one\ntwo\nthree", true);
    verify(connection).close(CloseReason.MALFORMED);
    verify(reader, never()).read("three");
  }

  @Test
  void refusesFramesThatComeTooFast() {
    frame(OpCode.TEXT, "1\n2\n3\n4", true);
    verify(handler, times(3)).receive(connection, PING);
    verify(handler).refuse(eq(connection), eq("r1"), eq(ProblemType.TOO_FAST), anyString());

    clock.add(Duration.ofSeconds(1));
    frame(OpCode.TEXT, "5", true);
    verify(handler, times(4)).receive(connection, PING);
  }

  @Test
  void closesWhenItFailsAndGoesOnReadingUntilTheCloseIsAnswered() {
    when(reader.read("one")).thenThrow(new IllegalStateException("a bug"));
    frame(OpCode.TEXT, "one", true);
    assertThat(session.done).containsExactly("close " + CloseStatus.SERVER_ERROR, "demand");
  }

  @Test
  void isClosedWhenItsClientSendsNothingForTooLong() {
    clock.add(Duration.ofSeconds(90));
    reaper.reap();
    verify(connection, never()).close(any());

    clock.add(Duration.ofNanos(1));
    reaper.reap();
    verify(connection).close(CloseReason.IDLE);
  }

  @Test
  void staysOpenWhileItsClientSendsAnything() {
    clock.add(Duration.ofSeconds(60));
    frame(OpCode.PONG, "", true);
    clock.add(Duration.ofSeconds(60));
    reaper.reap();
    verify(connection, never()).close(any());
  }

  @Test
  void isAbortedWhenItsCloseTakesTooLong() {
    when(reader.read("one")).thenThrow(new IllegalStateException("a bug"));
    frame(OpCode.TEXT, "one", true);
    clock.add(Duration.ofSeconds(5));
    reaper.reap();
    assertThat(session.done).doesNotContain("abort");

    clock.add(Duration.ofNanos(1));
    reaper.reap();
    assertThat(session.done).endsWith("abort");
  }

  @Test
  void isForgottenWhenItHasClosed() {
    socket.onClosed(CloseStatus.NORMAL_STATUS, Callback.NOOP);
    verify(handler).closed(connection);
    clock.add(Duration.ofSeconds(91));
    reaper.reap();
    verify(connection, never()).close(any());
  }

  @Test
  void isForgottenWhenItClosesWhileItOpens() {
    when(handler.open(any(), any(), any(), any()))
        .thenAnswer(opening -> {
          socket.onClosed(CloseStatus.NO_CLOSE_STATUS, Callback.NOOP);
          return connection;
        });
    socket.onOpen(session, Callback.NOOP);
    verify(handler, atLeastOnce()).closed(connection);
  }

  private void frame(byte opCode, String payload, boolean fin) {
    socket.onFrame(
        new Frame(opCode, fin, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))),
        Callback.NOOP);
  }
}
