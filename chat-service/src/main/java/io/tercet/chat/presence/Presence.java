package io.tercet.chat.presence;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The people who are present in one room: each has at least one subscription to it.
///
/// Not thread-safe: the room's channel guards it, so that arrivals and departures are told in the
/// order in which they happen.
public final class Presence {

  private final Map<PersonId, Present> here = new LinkedHashMap<>();

  private record Present(Person person, int count) {}

  /// Counts a subscription; true if it is the person's first.
  public boolean arrive(Person person) {
    Present now =
        here.merge(
            person.personId(),
            new Present(person, 1),
            (old, one) -> new Present(old.person(), old.count() + 1));
    return now.count() == 1;
  }

  /// Counts a subscription that ended; true if it was the person's last.
  public boolean depart(Person person) {
    Present left =
        here.computeIfPresent(
            person.personId(),
            (id, old) -> old.count() == 1 ? null : new Present(old.person(), old.count() - 1));
    return left == null;
  }

  /// The people who are present, longest first; at most `max`.
  public List<Person> here(int max) {
    Collection<Present> all = here.values();
    return all.stream().limit(max).map(Present::person).toList();
  }
}
