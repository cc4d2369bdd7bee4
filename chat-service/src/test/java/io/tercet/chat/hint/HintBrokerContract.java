package io.tercet.chat.hint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every broker does for the own replica.
@Timeout(120)
abstract class HintBrokerContract {

  static final UUID ROOM = new UUID(1, 1);
  static final UUID PERSON = new UUID(2, 2);
  static final UUID SESSION = new UUID(3, 3);
  static final List<Hint> ALL_KINDS =
      List.of(
          new Hint.RoomReached(ROOM, Long.MAX_VALUE),
          new Hint.PresenceChanged(ROOM),
          new Hint.PersonChanged(PERSON),
          new Hint.SessionEnded(PERSON, SESSION));

  final List<Hint> heard = Collections.synchronizedList(new ArrayList<>());

  abstract HintBroker open(HintListeners listeners);

  @Test
  void tellsTheListenersOfThisReplicaBeforeItReturns() {
    HintBroker broker = open(listeners(heard::add));
    for (Hint hint : ALL_KINDS) {
      broker.publish(hint);
      assertThat(heard).last().isEqualTo(hint);
    }
    assertThat(heard).containsExactlyElementsOf(ALL_KINDS);
  }

  @Test
  void keepsNoHintFromTheOtherListenersWhenOneFails() {
    HintListener failing =
        hint -> {
          throw new IllegalStateException("a bug");
        };
    open(listeners(failing, heard::add)).publish(ALL_KINDS.getFirst());
    assertThat(heard).containsExactly(ALL_KINDS.getFirst());
  }

  static HintListeners listeners(HintListener... listeners) {
    return new HintListeners(() -> List.of(listeners));
  }
}
