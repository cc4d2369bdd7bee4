package io.tercet.chat.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.problem.ProblemException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class AvailabilityTest {

  @ParameterizedTest
  @EnumSource(
      names = {
        "SQLITE_FULL",
        "SQLITE_IOERR",
        "SQLITE_IOERR_FSYNC",
        "SQLITE_BUSY",
        "SQLITE_READONLY_DBMOVED",
        "SQLITE_CANTOPEN"
      })
  void knowsAnOutageOfSqliteByItsNumber(SQLiteErrorCode code) {
    // The driver's message is in no language that the service knows.
    assertThat(Availability.isOutage(new SQLiteException("Platte voll", code))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_ERROR", "SQLITE_CORRUPT"})
  void takesNoOtherFaultOfSqliteForAnOutage(SQLiteErrorCode code) {
    assertThat(Availability.isOutage(new SQLiteException("disk is full", code))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"53100", "53300", "08006", "57P01", "57P03", "58030", "25006"})
  void knowsAnOutageOfPostgresByItsState(String state) {
    assertThat(Availability.isOutage(new SQLException("Platte voll", state))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "40001", "22021"})
  void takesNoOtherStateForAnOutage(String state) {
    assertThat(Availability.isOutage(new SQLException("disk is full", state))).isFalse();
  }

  @Test
  void findsTheErrorBelowOthers() {
    SQLException cause = new SQLTransientConnectionException("the pool has none");
    assertThat(Availability.isOutage(new IllegalStateException(new RuntimeException(cause))))
        .isTrue();
    assertThat(Availability.isOutage(new IllegalStateException("no cause"))).isFalse();
  }

  @Test
  void tellsCallersOfAnOutageAndLeavesOtherFailuresAsTheyAre() {
    Availability writing = new Availability("written");
    RuntimeException fault = new IllegalStateException("a fault");
    assertThat(writing.translate(fault)).isSameAs(fault);
    assertThat(writing.translate(new SQLException("", "08006")))
        .isInstanceOf(ProblemException.class);
  }
}
