package io.tercet.chat.people;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stores people. The key of a name, and each of its skeletons, belongs to one person at a time.
interface PeopleStore {

  /// The owner of a name. A name that was given before the keys were what they are now, and whose
  /// key now is another person's, is found by its exact spelling.
  Optional<Account> byName(Name name);

  Optional<Account> byId(PersonId personId);

  /// The people of these ids, in no order; unknown ids are left out.
  List<Person> byIds(Collection<PersonId> personIds);

  /// `rooms_version` and `read_version` of each of these people.
  Map<PersonId, People.Versions> versions(Collection<PersonId> personIds);

  /// Adds a person under a name, unless the name, or one that looks like it, belongs to another. A
  /// guest whose last use was before `guestsGoneSince` loses the name.
  NameClaim add(
      Person person,
      Name name,
      @Nullable String passwordHash,
      Instant now,
      Instant guestsGoneSince);

  /// Makes a guest a registered person; false if they are not a guest. A display name of null keeps
  /// the one that they have.
  boolean upgrade(
      PersonId personId, @Nullable String displayName, String passwordHash, Instant now);

  void seen(PersonId personId, Instant now);

  /// Gives at most `limit` people who are older than the table of skeletons their key and their
  /// skeletons, the oldest person first. The number of people; 0 when there are no more.
  int adoptNames(int limit);
}
