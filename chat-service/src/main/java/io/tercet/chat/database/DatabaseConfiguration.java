package io.tercet.chat.database;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the database by its address and gives it its place in the program's life.
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
  SmartLifecycle databaseLife(OpenableDatabase database) {
    return new DatabaseLifecycle(database);
  }

  /// Ready means that the database answers.
  @Bean
  HealthIndicator databaseHealthIndicator(Database database) {
    return () -> {
      database.read(client -> client.sql("SELECT 1").query(Integer.class).single());
      return Health.up().build();
    };
  }
}
