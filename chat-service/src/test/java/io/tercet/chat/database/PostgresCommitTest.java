package io.tercet.chat.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A server that goes away while it commits.
@Tag("docker")
class PostgresCommitTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final SQLException LOST = new SQLException("the connection is lost", "08006");

  private OpenableDatabase database;
  private volatile boolean committing = true;
  private volatile boolean answering = true;
  private volatile boolean askable = true;
  private volatile boolean rollingBack = true;

  @BeforeEach
  void open() {
    DatabaseSettings settings =
        new DatabaseSettings(
            PostgresServer.newDatabase(), "test", "test", 3, 3, 10, LONG, MOMENT, LONG, LONG);
    database =
        new PostgresDatabase(settings) {
          @Override
          DataSource connections(DataSource pool) {
            return new Faulty(pool);
          }
        };
    database.open();
    database.write(client -> client.sql("CREATE TABLE t (n INTEGER)").update());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void hasWrittenWhatItCommittedWithoutAnAnswer() {
    answering = false;
    assertThat(database.<Integer>write(PostgresCommitTest::insert)).isEqualTo(1);
    answering = true;
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void hasRefusedWhatItDidNotCommit() {
    committing = false;
    assertProblem(ProblemType.SERVICE_UNAVAILABLE);
    committing = true;
    assertThat(count()).isZero();
  }

  @Test
  void saysWhatBecameOfACommitWhenItIsBack() {
    answering = false;
    askable = false;
    CompletableFuture<Integer> outcome = database.commit(PostgresCommitTest::insert);
    assertThat(outcome).isNotDone();
    answering = true;
    askable = true;
    assertThat(outcome.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void keepsTheFirstErrorWhenTheRollbackFailsToo() {
    rollingBack = false;
    IllegalArgumentException first = new IllegalArgumentException("on purpose");
    assertThatThrownBy(() ->
            database.write(client -> {
              insert(client);
              throw first;
            }))
        .isSameAs(first);
    rollingBack = true;
    assertThat(count()).isZero();
  }

  private static int insert(JdbcClient client) {
    return client.sql("INSERT INTO t VALUES (1)").update();
  }

  private int count() {
    return database.read(
        client -> client.sql("SELECT COUNT(*) FROM t").query(Integer.class).single());
  }

  private void assertProblem(ProblemType type) {
    assertThatThrownBy(() -> database.write(PostgresCommitTest::insert))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  /// Loses the connection before or after a commit, and the questions about it.
  private final class Faulty extends DelegatingDataSource {

    Faulty(DataSource pool) {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              Faulty.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
      boolean isCommit = method.getName().equals("commit");
      boolean isQuestion = arguments != null && arguments[0].toString().contains("xact_status");
      boolean isRollback = method.getName().equals("rollback");
      if ((isCommit && !committing) || (isQuestion && !askable) || (isRollback && !rollingBack)) {
        throw LOST;
      }
      try {
        Object result = method.invoke(connection, arguments);
        if (isCommit && !answering) {
          throw LOST;
        }
        return result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
