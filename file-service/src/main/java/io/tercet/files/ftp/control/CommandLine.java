package io.tercet.files.ftp.control;

import java.util.Locale;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.jspecify.annotations.Nullable;

/// A command of an FTP client. Everything behind the first space is its argument, other spaces too:
/// a name may begin or end with one.
///
/// - Source: RFC 959 §5.3.
record CommandLine(String text, long receivedTime) implements FtpRequest {

  @Override
  public String getRequestLine() {
    return text;
  }

  /// In capitals; `XPWD` and its like are `PWD` (RFC 1123 §4.1.3.1).
  @Override
  public String getCommand() {
    int space = text.indexOf(' ');
    String word = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
    return word.startsWith("X") ? word.substring(1) : word;
  }

  @Override
  public @Nullable String getArgument() {
    int space = text.indexOf(' ');
    return space < 0 || space == text.length() - 1 ? null : text.substring(space + 1);
  }

  @Override
  public boolean hasArgument() {
    return getArgument() != null;
  }

  @Override
  public long getReceivedTime() {
    return receivedTime;
  }
}
