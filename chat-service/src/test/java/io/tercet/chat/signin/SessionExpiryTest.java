package io.tercet.chat.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.Connections;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.housekeeping.Housekeeping;
import io.tercet.chat.session.SessionId;
import io.tercet.chat.session.Sessions;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.scheduling.annotation.EnableScheduling;

class SessionExpiryTest {

  private final Sessions sessions = mock(Sessions.class);
  private final Connections connections = mock(Connections.class);
  private final Housekeeping housekeeping = mock(Housekeeping.class);

  @Test
  void closesAConnectionWhoseSessionEndedElsewhere() {
    Connection connection = mock(Connection.class);
    doAnswer(
            call -> {
              call.<Consumer<Connection>>getArgument(0).accept(connection);
              return null;
            })
        .when(connections)
        .forEach(any());
    when(sessions.use(any(SessionId.class))).thenReturn(Optional.empty());
    // Another replica removes expired sessions.
    new SessionExpiry(sessions, connections, housekeeping).removeExpired();
    verify(connection).close(CloseReason.SIGNED_OUT);
    verify(sessions, never()).removeExpired();
  }

  @Test
  void runsOnVirtualThreadsAndGoesOnAfterARoundThatFailed() {
    CountDownLatch rounds = new CountDownLatch(3);
    AtomicBoolean virtual = new AtomicBoolean(true);
    doAnswer(
            call -> {
              virtual.compareAndSet(true, Thread.currentThread().isVirtual());
              rounds.countDown();
              if (rounds.getCount() > 0) {
                throw new IllegalStateException("a database that fails");
              }
              return null;
            })
        .when(housekeeping)
        .run(any(), any());
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class))
        .withPropertyValues(
            "spring.threads.virtual.enabled=true", "tercet.people.session-expiry-period=10ms")
        .withUserConfiguration(Scheduling.class)
        .withBean(SessionExpiry.class, () -> new SessionExpiry(sessions, connections, housekeeping))
        .run(context -> assertThat(rounds.await(60, TimeUnit.SECONDS)).isTrue());
    assertThat(virtual).isTrue();
  }

  @EnableScheduling
  static class Scheduling {}
}
