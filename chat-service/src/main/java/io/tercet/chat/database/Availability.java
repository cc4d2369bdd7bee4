package io.tercet.chat.database;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteException;

/// Whether the database can be read, or written.
///
/// It tells an outage (the server is away, the disk is full or broken, a file is locked) from a
/// statement that is wrong. It does so by error numbers, because messages differ between languages
/// and versions. It logs when an outage begins and when it ends, and nothing between.
///
/// Threading: any thread.
final class Availability {

  private static final Logger log = LoggerFactory.getLogger(Availability.class);

  /// BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL:
  /// https://sqlite.org/rescode.html
  private static final Set<Integer> SQLITE_OUTAGES = Set.of(5, 6, 7, 8, 10, 13, 14, 15);

  /// The low byte of a result code is its kind; the rest says more.
  private static final int SQLITE_PRIMARY = 0xff;

  /// Classes of SQLSTATE: connection exception, insufficient resources (53100 is a full disk),
  /// operator intervention, system error. PostgreSQL's manual, appendix A.
  private static final Set<String> STATE_CLASSES = Set.of("08", "53", "57", "58");

  /// A server that became a read-only replica; a commit that the server itself does not know about.
  private static final Set<String> STATES = Set.of("25006", "40003");

  private final String use;
  private final AtomicBoolean out = new AtomicBoolean();

  /// `use` ends the sentence "the database cannot be …" of the log.
  Availability(String use) {
    this.use = use;
  }

  /// Records that the database did its work.
  void worked() {
    if (out.get() && out.compareAndSet(true, false)) {
      log.info("database can be {} again", use);
    }
  }

  /// The exception for the caller: `service-unavailable` for an outage, otherwise the failure.
  Throwable translate(Throwable failure) {
    if (!isOutage(failure)) {
      return failure;
    }
    SQLException cause = sqlException(failure);
    if (out.compareAndSet(false, true)) {
      log.error(
          "database cannot be {}: code={} state={} cause={}",
          use,
          cause == null ? "-" : code(cause),
          cause == null ? "-" : cause.getSQLState(),
          cause == null ? failure.toString() : cause.getMessage());
    }
    return new ProblemException(
        ProblemType.SERVICE_UNAVAILABLE, "The database cannot be " + use + " now.");
  }

  /// Whether a failure says that the database is away, full or broken.
  static boolean isOutage(Throwable failure) {
    return switch (sqlException(failure)) {
      case null -> false;
      case SQLiteException sqlite -> SQLITE_OUTAGES.contains(code(sqlite) & SQLITE_PRIMARY);
      case SQLTransientConnectionException poolHasNone -> true;
      case SQLException other -> isOutage(other.getSQLState());
    };
  }

  private static boolean isOutage(@Nullable String state) {
    return state != null
        && (STATES.contains(state)
            || (state.length() == 5 && STATE_CLASSES.contains(state.substring(0, 2))));
  }

  private static int code(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        ? sqlite.getResultCode().code
        : failure.getErrorCode();
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }
}
