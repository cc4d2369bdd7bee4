package io.tercet.chat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.MockClock;
import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.ConnectionHandler;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.frame.ParsedFrame;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.RateLimiter;
import io.tercet.chat.security.AuthenticatedPerson;
import io.tercet.chat.session.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final RateLimiter rates = mock(RateLimiter.class);
  private final Person ada = new Person(new PersonId(UUID.randomUUID()), "ada", false);
  private final IdleSocketReaper reaper = new IdleSocketReaper(clock);
  private final SocketFrameHandler socket =
      new SocketFrameHandler(
          new AuthenticatedPerson(ada, new SessionId(UUID.randomUUID())),
          "192.0.2.1",
          new SocketContext(
              handler,
              reader,
              rates,
              new SocketSettings(
                  DataSize.ofBytes(20),
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
    ProblemException tooFast =
        new ProblemException(ProblemType.TOO_FAST, "Too many.", Duration.ofSeconds(1));
    doNothing().doThrow(tooFast).doNothing().when(rates).take(any(), eq(ada.personId().value()));

    frame(OpCode.TEXT, "1\n2\n3", true);

    verify(handler, times(2)).receive(connection, PING);
    verify(handler).refuse(connection, "r1", tooFast);
  }

  @Test
  void takesWhatAFrameCostsItsPerson() {
    RoomId room = new RoomId(UUID.randomUUID());
    Map<ClientFrame, List<Action>> costs =
        Map.of(
            PING,
            List.of(Action.REQUEST),
            new ClientFrame.Unsubscribe("r1", room),
            List.of(Action.REQUEST),
            new ClientFrame.Post("r1", room, "c1", "x", null),
            List.of(Action.REQUEST, Action.POST),
            new ClientFrame.Subscribe("r1", room, new StartPosition.After(0, null)),
            List.of(Action.REQUEST, Action.SUBSCRIPTION),
            new ClientFrame.History("r1", room, 9, 1),
            List.of(Action.REQUEST, Action.HISTORY));
    costs.forEach((sent, actions) -> {
      clearInvocations(rates);
      when(reader.read("x")).thenReturn(new ParsedFrame.Valid(sent));
      frame(OpCode.TEXT, "x", true);
      actions.forEach(action -> verify(rates).take(action, ada.personId().value()));
      verifyNoMoreInteractions(rates);
    });
  }

  @Test
  void limitsInvalidFramesToo() {
    when(reader.read("x"))
        .thenReturn(new ParsedFrame.Invalid("r1", ProblemType.UNKNOWN_FRAME, "?"));
    frame(OpCode.TEXT, "x", true);
    verify(rates).take(Action.REQUEST, ada.personId().value());
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
