package io.tercet.chat.people;

import org.jspecify.annotations.Nullable;

/// A person, as others see them. `name` is unique. `displayName` is what they want to be called:
/// the name, or the name as they write it with blanks.
public record Person(PersonId personId, String name, String displayName, boolean guest) {

  /// A person who is called by their name.
  public Person(PersonId personId, String name, boolean guest) {
    this(personId, name, name, guest);
  }

  /// The display name if it is another text than the name.
  public @Nullable String ownDisplayName() {
    return displayName.equals(name) ? null : displayName;
  }
}
