package io.tercet.files.ftp.command;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.FtpReply;

/// Replies, and the reply to each problem.
final class Replies {
  private Replies() {}

  static FtpReply of(int code, String text) {
    return new DefaultFtpReply(code, text);
  }

  /// A reply of several lines; the first and the last are no data.
  static FtpReply lines(int code, String... lines) {
    return new DefaultFtpReply(code, lines);
  }

  static FtpReply of(ProblemException problem) {
    return of(code(problem.type()), text(problem));
  }

  /// Says what to do, unless the error is ours.
  static String text(ProblemException problem) {
    ProblemType type = problem.type();
    return type.title() + (type.status() < 500 ? ". " + problem.detail() : ".");
  }

  private static int code(ProblemType type) {
    return switch (type) {
      case STORAGE_FULL -> 452;
      case TOO_LARGE, QUOTA_EXCEEDED -> 552;
      case INVALID_PATH -> 553;
      case INVALID_RANGE -> 554;
      case UPLOAD_INCOMPLETE, REQUEST_TIMEOUT -> 426;
      case SERVICE_UNAVAILABLE, TOO_MANY_ATTEMPTS, TOO_MANY_UPLOADS -> 450;
      case INVALID_REQUEST -> 501;
      default -> type.status() >= 500 ? 451 : 550;
    };
  }

  static FtpReply aborted() {
    return of(426, "The transfer broke off.");
  }

  /// A path between quotes: a quote in it is doubled (RFC 959, appendix II).
  static String quoted(String path) {
    return '"' + path.replace("\"", "\"\"") + '"';
  }
}
