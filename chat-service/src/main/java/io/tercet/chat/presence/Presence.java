package io.tercet.chat.presence;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who is here in one room: everybody with at least one socket that listens to it.
///
/// Not thread-safe: guarded by whoever holds the room's connections together, since "the first one
/// arrived" must be told in the order in which it happened.
public final class Presence {

  private final Map<PersonId, Sockets> here = new LinkedHashMap<>();

  private record Sockets(Person person, int count) {}

  /// Another socket; true if it is the person's first.
  public boolean arrive(Person person) {
    Sockets now =
        here.merge(
            person.personId(),
            new Sockets(person, 1),
            (old, one) -> new Sockets(old.person(), old.count() + 1));
    return now.count() == 1;
  }

  /// One socket fewer; true if it was the person's last.
  public boolean depart(Person person) {
    Sockets left =
        here.computeIfPresent(
            person.personId(),
            (id, old) -> old.count() == 1 ? null : new Sockets(old.person(), old.count() - 1));
    return left == null;
  }

  /// Those who are here, longest first; at most `max`.
  public List<Person> here(int max) {
    Collection<Sockets> all = here.values();
    return all.stream().limit(max).map(Sockets::person).toList();
  }
}
