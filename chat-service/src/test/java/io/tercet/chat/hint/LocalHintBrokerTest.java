package io.tercet.chat.hint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalHintBrokerTest extends HintBrokerContract {

  @Override
  HintBroker open(HintListeners listeners) {
    return new LocalHintBroker(listeners, true);
  }

  @Test
  void hearsNobodyElse() {
    assertThat(new LocalHintBroker(listeners(), true).isHearing()).as("there is nobody").isTrue();
    assertThat(new LocalHintBroker(listeners(), false).isHearing()).isFalse();
  }
}
