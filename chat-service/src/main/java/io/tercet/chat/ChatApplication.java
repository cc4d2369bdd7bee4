package io.tercet.chat;

import io.tercet.chat.security.SecretCheck;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/// Starts chat-service.
///
/// The database is opened by [io.tercet.chat.database], not by Boot: SQLite needs its own threads.
@SpringBootApplication(
    proxyBeanMethods = false,
    exclude = {
      DataSourceAutoConfiguration.class,
      FlywayAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class
    })
@EnableScheduling
public class ChatApplication {

  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(ChatApplication.class);
    application.addListeners(new SecretCheck());
    application.run(args);
  }

  @Bean
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Bean
  SecureRandom secureRandom() {
    return new SecureRandom();
  }
}
