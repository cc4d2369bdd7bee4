package io.tercet.files.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Connections of which one statement, or one commit, fails as on a full or a broken disk.
///
/// A full disk ends the transaction, as SQLite does by itself. After an I/O error it is still open,
/// as SQLite may leave it.
public final class FaultyConnections implements UnaryOperator<Connection> {
  private int left;
  private SQLiteErrorCode code = SQLiteErrorCode.SQLITE_OK;

  /// Lets the statement fail that is the `n`th from now, counted from 1.
  public synchronized void failAt(int n, SQLiteErrorCode failure) {
    left = n;
    code = failure;
  }

  /// Lets nothing fail any more; whether something did.
  public synchronized boolean disarm() {
    boolean failed = left == 0;
    left = 0;
    code = SQLiteErrorCode.SQLITE_OK;
    return failed;
  }

  @Override
  public Connection apply(Connection raw) {
    return InterceptedConnection.of(raw, (connection, _) -> beforeExecution(connection));
  }

  private synchronized void beforeExecution(Connection raw) throws SQLException {
    if (code == SQLiteErrorCode.SQLITE_OK || left == 0) {
      return;
    }
    left--;
    if (left == 0) {
      if (code == SQLiteErrorCode.SQLITE_FULL) {
        ((SQLiteConnection) raw).getDatabase().exec("rollback", false);
      }
      throw new SQLiteException("injected", code);
    }
  }
}
