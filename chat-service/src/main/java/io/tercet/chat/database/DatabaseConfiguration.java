package io.tercet.chat.database;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Selects the database by its URL, opens it at the start and closes it at the end.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

  @Bean(destroyMethod = "")
  OpenableDatabase database(DatabaseSettings settings) {
    return settings.url().startsWith("jdbc:sqlite:")
        ? new SqliteDatabase(settings)
        : new PostgresDatabase(settings);
  }

  @Bean
  SmartLifecycle databaseLifecycle(OpenableDatabase database) {
    return new DatabaseLifecycle(database);
  }

  /// The service is ready if the database answers.
  @Bean
  HealthIndicator databaseHealthIndicator(Database database) {
    return () -> {
      database.read(client -> client.sql("SELECT 1").query(Integer.class).single());
      return Health.up().build();
    };
  }
}
