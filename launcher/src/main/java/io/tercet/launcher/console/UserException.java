package io.tercet.launcher.console;

/// The command cannot go on. The message is one sentence that says what the user can do about it.
public final class UserException extends Exception {

  private static final long serialVersionUID = 1;

  /// @param sentence what is wrong, and what to do
  public UserException(String sentence) {
    super(sentence);
  }

  /// @param sentence what is wrong, and what to do
  /// @param cause for the reader of a debugger; it is not printed
  public UserException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
