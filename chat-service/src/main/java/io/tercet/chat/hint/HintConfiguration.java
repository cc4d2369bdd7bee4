package io.tercet.chat.hint;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Selects how hints travel.
@Configuration(proxyBeanMethods = false)
class HintConfiguration {

  /// Listeners publish hints themselves, so they are looked up when the first one travels.
  @Bean
  HintBroker hintBroker(ObjectProvider<HintListener> listeners) {
    return new LocalHintBroker(listeners::orderedStream);
  }
}
