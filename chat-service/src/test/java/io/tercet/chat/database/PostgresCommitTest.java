package io.tercet.chat.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A server that goes away while it commits.
@Tag("docker")
class PostgresCommitTest {

  private LossyPostgres database;

  @BeforeEach
  void open() {
    database = new LossyPostgres(PostgresServer.newDatabase());
    database.open();
    database.write(client -> client.sql("CREATE TABLE t (n INTEGER)").update());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void hasWrittenWhatItCommittedWithoutAnAnswer() {
    database.answering = false;
    assertThat(database.<Integer>write(PostgresCommitTest::insert)).isEqualTo(1);
    database.answering = true;
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void hasRefusedWhatItDidNotCommit() {
    database.committing = false;
    assertProblem(ProblemType.SERVICE_UNAVAILABLE);
    database.committing = true;
    assertThat(count()).isZero();
  }

  @Test
  void saysWhatBecameOfACommitWhenItIsBack() {
    database.answering = false;
    database.askable = false;
    CompletableFuture<Integer> outcome = database.commit(PostgresCommitTest::insert);
    assertThat(outcome).isNotDone();
    database.answering = true;
    database.askable = true;
    assertThat(outcome.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void refusesWhatTheServerEndedBeforeTheCommit() {
    assertThatThrownBy(() ->
            database.write(client -> {
              insert(client);
              return client
                  .sql("SELECT pg_terminate_backend(pg_backend_pid())")
                  .query(Boolean.class)
                  .single();
            }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE));
    assertThat(count()).isZero();
    assertThat(database.<Integer>write(PostgresCommitTest::insert)).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void knowsOneCommitFromAnotherThatUsedTheSameConnection() {
    database.write(PostgresCommitTest::insert);
    database.committing = false;
    assertProblem(ProblemType.SERVICE_UNAVAILABLE);
    database.committing = true;
    database.write(PostgresCommitTest::insert);
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void keepsTheFirstErrorWhenTheRollbackFailsToo() {
    database.rollingBack = false;
    IllegalArgumentException first = new IllegalArgumentException("on purpose");
    assertThatThrownBy(() ->
            database.write(client -> {
              insert(client);
              throw first;
            }))
        .isSameAs(first);
    database.rollingBack = true;
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
}
