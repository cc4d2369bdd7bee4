package io.tercet.chat.people;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stores people. The key of a name, and each of its skeletons, belongs to one person at a time.
interface PeopleStore {

  /// The owner of a name, or of the display name that gives it. A name that was given before the keys were what they are now, and whose
  /// key now is another person's, is found by its exact spelling.
  Optional<Account> byName(Name name);

  Optional<Account> byId(PersonId personId);

  /// The people of these ids, in no order; unknown ids are left out.
  List<Person> byIds(Collection<PersonId> personIds);

  /// `rooms_version` and `read_version` of each of these people.
  Map<PersonId, People.Versions> versions(Collection<PersonId> personIds);

  /// Adds a person under a name, unless the name, the one that the display name gives, or one that
  /// looks like them, belongs to another. A guest whose last use was before `guestsGoneSince` loses the name.
  NameClaim add(
      Person person,
      Name name,
      @Nullable String passwordHash,
      Instant now,
      Instant guestsGoneSince);

  /// Gives a person another display name; null is none. False if they have this one already. Throws
  /// `name-taken` and `name-resembles` if the name that it gives is another's, or looks like one, and
  /// `too-fast` past `perDayMax` changes on one day (UTC). Guests are as for [#add].
  boolean rename(
      PersonId personId,
      @Nullable String displayName,
      Instant now,
      Instant guestsGoneSince,
      int perDayMax);

  /// Makes a guest a registered person; false if they are not a guest.
  boolean upgrade(PersonId personId, String passwordHash, Instant now);

  void seen(PersonId personId, Instant now);

  /// Gives at most `limit` people who are older than the table of skeletons or of words their key,
  /// skeletons and words, the oldest person first. The number of people; 0 when there are no more.
  int adoptNames(int limit);
}
