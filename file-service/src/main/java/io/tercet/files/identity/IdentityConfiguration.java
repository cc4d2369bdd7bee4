package io.tercet.files.identity;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

  @Bean
  ServiceSecret serviceSecret(@Value("${tercet.service-secret-file}") Path file) {
    return ServiceSecret.read(file);
  }

  @Bean
  ServiceTokens serviceTokens(ServiceSecret secret, Clock clock) {
    return new ServiceTokens(secret, clock);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Supplier<UUID> newIds() {
    return UUID::randomUUID;
  }
}
