package io.tercet.chat.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/// Puts a SQLite whose statements can fail in the place of the service's own.
@TestConfiguration(proxyBeanMethods = false)
public class FaultyConfiguration {

  @Bean
  static FaultInjector faultInjector() {
    return new FaultInjector();
  }

  @Bean
  static BeanPostProcessor faulty(FaultInjector faults, ApplicationContext context) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof SqliteDatabase
            ? faulty(context.getBean(DatabaseSettings.class), faults)
            : bean;
      }
    };
  }

  private static SqliteDatabase faulty(DatabaseSettings settings, FaultInjector faults) {
    return new SqliteDatabase(settings) {
      @Override
      Connection connect() throws SQLException {
        return faults.wrap(super.connect());
      }
    };
  }
}
