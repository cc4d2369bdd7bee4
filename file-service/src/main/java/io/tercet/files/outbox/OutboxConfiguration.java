package io.tercet.files.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tercet.files.chat.ChatClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboxSettings.class)
class OutboxConfiguration {

  @Bean
  OutboxSender outboxSender(Outbox outbox, ChatClient chat, OutboxSettings settings) {
    return new OutboxSender(
        outbox, chat, settings, Thread.ofVirtual().name("outbox-sender").factory());
  }

  @Bean
  MeterBinder outboxBacklog(Outbox outbox) {
    return registry ->
        Gauge.builder("tercet.outbox.backlog", outbox, Outbox::backlog)
            .description("Events that chat-service has not received yet")
            .register(registry);
  }
}
