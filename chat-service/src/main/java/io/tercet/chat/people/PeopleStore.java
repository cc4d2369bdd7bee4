package io.tercet.chat.people;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stores people. The key of a name belongs to one person at a time.
interface PeopleStore {

  Optional<Account> byKey(String nameKey);

  Optional<Account> byId(PersonId personId);

  /// The people of these ids, in no order; unknown ids are left out.
  List<Person> byIds(Collection<PersonId> personIds);

  /// Adds a person; false if the name belongs to another. A guest whose last use was before
  /// `guestsGoneSince` loses the name.
  boolean add(
      PersonId personId,
      Name name,
      @Nullable String passwordHash,
      Instant now,
      Instant guestsGoneSince);

  /// Makes a guest a registered person; false if they are not a guest.
  boolean upgrade(PersonId personId, String passwordHash, Instant now);

  void seen(PersonId personId, Instant now);
}
