package io.tercet.chat.hint;

import org.springframework.scheduling.annotation.Scheduled;

/// Lets the broker find out, again and again, whether hints arrive.
final class HintBeat {

  private final HintBroker broker;

  HintBeat(HintBroker broker) {
    this.broker = broker;
  }

  @Scheduled(fixedRateString = "${tercet.hint.beat-period:2s}")
  void beat() {
    if (broker instanceof ValkeyHintBroker shared) {
      shared.beat();
    }
  }
}
