package io.tercet.chat.people;

/// What became of the wish to have a name.
sealed interface NameClaim {

  /// The name belongs to the person who asked.
  record Granted() implements NameClaim {}

  /// The name belongs to somebody else.
  record Taken() implements NameClaim {}

  /// The name looks like `name`, which belongs to somebody else.
  record Resembles(String name) implements NameClaim {}
}
