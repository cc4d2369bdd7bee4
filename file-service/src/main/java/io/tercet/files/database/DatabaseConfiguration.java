package io.tercet.files.database;

import io.tercet.files.datafolder.DataFolder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

  @Bean
  Database database(DataFolder data, DatabaseSettings settings) {
    return Database.open(data.file("catalog.db"), settings);
  }
}
