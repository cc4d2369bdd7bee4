package io.tercet.launcher.console;

import java.io.PrintStream;
import java.time.Duration;

/// What the launcher prints: plain lines to standard output, warnings to standard error.
///
/// @param out for what a person asked for
/// @param err for what went wrong
public record Console(PrintStream out, PrintStream err) {

  /// The standard streams of this process.
  public static Console standard() {
    return new Console(System.out, System.err);
  }

  /// Prints a line.
  public void say(String line) {
    out.println(line);
  }

  /// Prints a line that names its speaker.
  public void warn(String line) {
    err.println("tercet: " + line);
  }

  /// Prints a line that belongs to the warning before it.
  public void detail(String line) {
    err.println("  " + line);
  }

  /// Seconds with one digit after the point, such as `3.2`, rounded down.
  public static String seconds(Duration elapsed) {
    long tenths = elapsed.toMillis() / 100;
    return tenths / 10 + "." + tenths % 10;
  }

  /// The text, and blanks up to the width.
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
