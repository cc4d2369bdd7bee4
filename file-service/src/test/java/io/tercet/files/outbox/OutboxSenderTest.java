package io.tercet.files.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.chat.FileEvent;
import io.tercet.files.outbox.Outbox.PendingEvent;
import io.tercet.files.outbox.Outbox.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/// The sender without threads: its "thread" runs inside `start`, until the outbox is asked to wait.
class OutboxSenderTest {
  private static final ThreadFactory RUNS_IN_START =
      work ->
          new Thread(work) {
            @Override
            public void start() {
              run();
            }
          };

  private final Outbox outbox = mock(Outbox.class);
  private final ChatClient chat = mock(ChatClient.class);
  private final OutboxSender sender =
      new OutboxSender(
          outbox,
          chat,
          new OutboxSettings(
              Duration.ofNanos(1),
              Duration.ofNanos(1),
              2,
              Duration.ZERO,
              1,
              Duration.ZERO,
              Duration.ZERO),
          RUNS_IN_START);

  @BeforeEach
  void endWhenAllIsDelivered() throws Exception {
    doThrow(new InterruptedException()).when(outbox).await(anyLong());
  }

  @Test
  void isRunningBeforeItsThreadReadsTheOutbox() {
    List<Boolean> running = new ArrayList<>();
    when(outbox.due(any(), anyInt()))
        .thenAnswer(_ -> {
          running.add(sender.isRunning());
          return List.of();
        });

    sender.start();

    assertThat(running).containsExactly(true);
  }

  @Test
  void deliversInOrderAndRemovesWhatWasAnswered() {
    UUID room = UUID.randomUUID();
    PendingEvent first = event(1, room);
    PendingEvent second = event(2, room);
    PendingEvent third = event(3, room);
    when(outbox.due(eq(Position.FIRST), anyInt())).thenReturn(List.of(first, second));
    when(outbox.due(eq(new Position(0, 2)), anyInt())).thenReturn(List.of(third));

    sender.start();

    InOrder order = inOrder(chat, outbox);
    for (PendingEvent pending : List.of(first, second, third)) {
      order.verify(chat).deliver(pending.event());
      order.verify(outbox).remove(pending);
    }
  }

  @Test
  void aFailureHoldsUpItsOwnRoomOnly() {
    UUID failing = UUID.randomUUID();
    PendingEvent failed = event(1, failing);
    PendingEvent other = event(2, UUID.randomUUID());
    PendingEvent behind = event(3, failing);
    when(chat.deliver(failed.event()))
        .thenThrow(new IllegalStateException("no answer"))
        .thenReturn(ChatClient.Delivery.WRITTEN);
    when(outbox.due(eq(new Position(0, 2)), anyInt())).thenReturn(List.of(behind));
    when(outbox.due(eq(new Position(0, 3)), anyInt())).thenReturn(List.of());
    when(outbox.due(eq(Position.FIRST), anyInt()))
        .thenReturn(List.of(failed, other))
        .thenAnswer(_ -> {
          verify(chat, never()).deliver(behind.event());
          verify(outbox, never()).remove(failed);
          verify(outbox).remove(other);
          return List.of(failed, behind);
        });

    sender.start();

    InOrder order = inOrder(outbox);
    order.verify(outbox).remove(failed);
    order.verify(outbox).remove(behind);
  }

  private static PendingEvent event(long place, UUID room) {
    FileEvent.Content content = new FileEvent.Content(1, "0".repeat(64), "text/plain", null, null);
    return new PendingEvent(
        new Position(0, place),
        new FileEvent(
            UUID.randomUUID(),
            room,
            UUID.randomUUID(),
            UUID.randomUUID(),
            1,
            "a.txt",
            content,
            true));
  }
}
