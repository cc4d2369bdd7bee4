package io.tercet.chat.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.sqlite.ProgressHandler;

/// Puts an [ExplainingDatabase] in the place of the service's own.
@TestConfiguration(proxyBeanMethods = false)
public class ExplainingConfiguration {

  @Bean
  static BeanPostProcessor explaining(ApplicationContext context) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return switch (bean) {
          case PostgresDatabase postgres ->
              new ExplainingDatabase(
                  postgres, "EXPLAIN ", ThreadLocal.withInitial(AtomicLong::new));
          case SqliteDatabase sqlite -> sqlite(context.getBean(DatabaseSettings.class));
          default -> bean;
        };
      }
    };
  }

  private static ExplainingDatabase sqlite(DatabaseSettings settings) {
    ThreadLocal<AtomicLong> steps = ThreadLocal.withInitial(AtomicLong::new);
    return new ExplainingDatabase(
        new SqliteDatabase(settings) {
          @Override
          Connection connect() throws SQLException {
            Connection connection = super.connect();
            ProgressHandler.setHandler(connection, 1, new StepCounter(steps));
            return connection;
          }
        },
        "EXPLAIN QUERY PLAN ",
        steps);
  }

  /// SQLite calls it for each instruction of a statement, on the thread that runs the statement.
  private static final class StepCounter extends ProgressHandler {

    private final ThreadLocal<AtomicLong> steps;

    StepCounter(ThreadLocal<AtomicLong> steps) {
      this.steps = steps;
    }

    @Override
    protected int progress() {
      steps.get().incrementAndGet();
      return 0;
    }
  }
}
