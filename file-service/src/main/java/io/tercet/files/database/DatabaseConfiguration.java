package io.tercet.files.database;

import io.tercet.files.datafolder.DataFolder;
import java.sql.Connection;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

  /// `decorator` wraps each connection; only tests have one.
  @Bean
  Database database(
      DataFolder data,
      DatabaseSettings settings,
      ObjectProvider<UnaryOperator<Connection>> decorator) {
    return Database.open(data.path(), settings, decorator.getIfAvailable(UnaryOperator::identity));
  }
}
