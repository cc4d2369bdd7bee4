package io.tercet.chat.presence;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The people who are present in one room: each has at least one subscription to it. It also knows
/// who came or went since somebody took the changes.
///
/// Who came and went counts once, as present or not: a reader may know either state from before.
///
/// Not thread-safe: the room's channel guards it.
public final class Presence {

  private final Map<PersonId, Present> here = new LinkedHashMap<>();
  private final Map<PersonId, Person> changed = new LinkedHashMap<>();

  private record Present(Person person, int count) {}

  /// The people who came and went since the last changes were taken.
  public record Changes(List<Person> arrived, List<Person> departed) {

    /// How many there are.
    public int size() {
      return arrived.size() + departed.size();
    }
  }

  /// Counts a subscription.
  public void arrive(Person person) {
    Present now =
        here.merge(
            person.personId(),
            new Present(person, 1),
            (old, one) -> new Present(old.person(), old.count() + 1));
    if (now.count() == 1) {
      changed.put(person.personId(), person);
    }
  }

  /// Counts a subscription that ended.
  public void depart(Person person) {
    Present left =
        here.computeIfPresent(
            person.personId(),
            (id, old) -> old.count() == 1 ? null : new Present(old.person(), old.count() - 1));
    if (left == null) {
      changed.put(person.personId(), person);
    }
  }

  /// Whether there are changes to take.
  public boolean hasChanges() {
    return !changed.isEmpty();
  }

  /// Takes the changes.
  public Changes takeChanges() {
    List<Person> arrived = new ArrayList<>();
    List<Person> departed = new ArrayList<>();
    changed.forEach((id, person) -> (here.containsKey(id) ? arrived : departed).add(person));
    changed.clear();
    return new Changes(arrived, departed);
  }

  /// How many people are present.
  public int count() {
    return here.size();
  }

  /// The people who are present, longest first; at most `max`.
  public List<Person> here(int max) {
    return here.values().stream().limit(max).map(Present::person).toList();
  }
}
