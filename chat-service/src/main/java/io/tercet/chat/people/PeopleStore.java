package io.tercet.chat.people;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps people. A name's key belongs to one person at a time.
interface PeopleStore {

  Optional<Account> byKey(String nameKey);

  Optional<Account> byId(PersonId personId);

  /// In no order; those who do not exist are left out.
  List<Person> byIds(Collection<PersonId> personIds);

  /// Adds a person unless the name belongs to somebody. A guest who was last seen before
  /// `guestsGoneSince` loses the name to the newcomer.
  boolean add(
      PersonId personId,
      Name name,
      @Nullable String passwordHash,
      Instant now,
      Instant guestsGoneSince);

  /// Makes a guest a registered person; false if they are registered already.
  boolean upgrade(PersonId personId, String passwordHash, Instant now);

  void seen(PersonId personId, Instant now);
}
