package io.tercet.chat.hint;

import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.chat.database.Database;
import io.tercet.chat.valkey.Valkey;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Selects how hints travel.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HintSettings.class)
class HintConfiguration {

  @Bean
  HintBroker hintBroker(
      ObjectProvider<HintListener> listeners,
      Valkey valkey,
      Database database,
      HintSettings settings,
      MeterRegistry meters) {
    HintListeners told = new HintListeners(() -> listeners.orderedStream().toList());
    return valkey.isShared()
        ? new ValkeyHintBroker(valkey, told, settings, meters)
        : new LocalHintBroker(told, !database.isShared());
  }

  @Bean
  HintBeat hintBeat(HintBroker broker) {
    return new HintBeat(broker);
  }
}
