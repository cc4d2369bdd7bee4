package io.tercet.chat.people.card;

import io.tercet.chat.people.Person;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What others see of a person.
///
/// @param picture the hash of the picture; null if there is none
/// @param status null if there is none
/// @param timeZone a name of the IANA database; null if it is not known
public record Card(
    Person person, @Nullable String picture, @Nullable Status status, @Nullable String timeZone) {

  /// A card that says no more than the person.
  public Card(Person person) {
    this(person, null, null, null);
  }

  /// The card without a status that is over.
  Card at(Instant now) {
    return status == null || !status.isOver(now) ? this : new Card(person, picture, null, timeZone);
  }
}
