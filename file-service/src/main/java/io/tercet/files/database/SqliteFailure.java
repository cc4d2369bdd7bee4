package io.tercet.files.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// What a failure of SQLite means for the request, by its result code.
///
/// Source: https://www.sqlite.org/rescode.html
enum SqliteFailure {
  /// The disk is full, or the file has its largest size.
  FULL,
  /// The file cannot be read, written or locked; it may be possible later.
  UNAVAILABLE,
  /// Something else, also every failure that is not SQLite's.
  OTHER;

  /// Extended codes hold the primary one in their lowest byte.
  private static final int PRIMARY = 0xff;

  static SqliteFailure of(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException e) {
        return of(e.getErrorCode() & PRIMARY);
      }
    }
    return OTHER;
  }

  private static SqliteFailure of(int primaryCode) {
    return switch (SQLiteErrorCode.getErrorCode(primaryCode)) {
      case SQLITE_FULL -> FULL;
      case SQLITE_IOERR,
          SQLITE_CANTOPEN,
          SQLITE_READONLY,
          SQLITE_PERM,
          SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_PROTOCOL,
          SQLITE_NOMEM ->
          UNAVAILABLE;
      default -> OTHER;
    };
  }
}
