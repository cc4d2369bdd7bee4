package io.tercet.chat.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HintMessageTest {

  private static final UUID SENDER = new UUID(7, 7);

  @Test
  void readsWhatItWrites() {
    for (Hint hint : HintBrokerContract.ALL_KINDS) {
      String message = HintMessage.write(SENDER, hint);
      assertThat(message.length()).isLessThanOrEqualTo(HintMessage.LENGTH_MAX);
      assertThat(HintMessage.read(message)).isEqualTo(new HintMessage(SENDER, hint, 0));
    }
    assertThat(HintMessage.read(HintMessage.beat(SENDER, 5)))
        .isEqualTo(new HintMessage(SENDER, null, 5));
  }

  @Test
  void passesOverWhatANewerReplicaSays() {
    assertThat(HintMessage.read("2 something else")).isNull();
    assertThat(HintMessage.read("1 " + SENDER + " read-place " + SENDER + " 5"))
        .isEqualTo(new HintMessage(SENDER, null, 0));
    assertThat(HintMessage.read("1 " + SENDER + " person " + SENDER + " and more"))
        .isEqualTo(new HintMessage(SENDER, new Hint.PersonChanged(SENDER), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "1",
        "1 room",
        "1 x room 5 5",
        "1 00000000-0000-0007-0000-000000000007 room 00000000-0000-0007-0000-000000000007",
        "1 00000000-0000-0007-0000-000000000007 room 00000000-0000-0007-0000-000000000007 x",
        "1 00000000-0000-0007-0000-000000000007 beat x",
        "1 00000000-0000-0007-0000-000000000007 person lobby"
      })
  void refusesWhatNobodyWrites(String message) {
    assertThatThrownBy(() -> HintMessage.read(message))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsLong() {
    String message = HintMessage.write(SENDER, new Hint.PersonChanged(SENDER));
    assertThatThrownBy(() -> HintMessage.read(message + " ".repeat(HintMessage.LENGTH_MAX)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
