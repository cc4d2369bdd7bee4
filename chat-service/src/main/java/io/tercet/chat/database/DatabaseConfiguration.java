package io.tercet.chat.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.chat.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
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
  OpenableDatabase database(
      DatabaseSettings settings,
      @Value("${tercet.data}") Path data,
      ObjectProvider<MeterRegistry> registry) {
    Path own = data.resolve("chat");
    // What others have in a folder of this name is not ours to close.
    if (Files.exists(own.resolve("chat.db"))) {
      OwnerOnly.tighten(own);
    }
    return settings.url().startsWith("jdbc:sqlite:")
        ? new SqliteDatabase(settings)
        : new PostgresDatabase(settings, registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  SmartLifecycle databaseLifecycle(OpenableDatabase database) {
    return new DatabaseLifecycle(database);
  }

  /// The service is ready if the database can be written: reading works on a full disk, too.
  @Bean
  HealthIndicator databaseHealthIndicator(Database database, InstantSource clock) {
    return () -> {
      try {
        database.write(client ->
            client
                .sql("UPDATE write_probe SET probed_at = ? WHERE probe_id = 1")
                .param(clock.millis())
                .update());
        return Health.up().build();
      } catch (ProblemException outage) {
        return Health.down().withDetail("problem", outage.type().slug()).build();
      }
    };
  }
}
