package io.tercet.chat.presence;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The people who are present in one room: each has at least one subscription to it, here or on
/// another replica. It also knows who came or went since somebody took the changes.
///
/// A person counts once, however many subscriptions and replicas there are. Who came and went
/// counts once, as present or not: a reader may know either state from before.
///
/// Not thread-safe: the room's channel guards it.
public final class Presence {

  private final Map<PersonId, Present> here = new LinkedHashMap<>();
  private final Map<PersonId, Person> changed = new LinkedHashMap<>();
  private SharedPresence.Others others = SharedPresence.Others.NONE;

  /// How many are both here and on other replicas.
  private int both;

  private boolean countChanged;

  private record Present(Person person, int count) {}

  /// The people who came and went since the last changes were taken.
  public record Changes(List<Person> arrived, List<Person> departed) {

    /// How many there are.
    public int size() {
      return arrived.size() + departed.size();
    }
  }

  /// Counts a subscription; true if it is the person's first one here.
  public boolean arrive(Person person) {
    Present now =
        here.merge(
            person.personId(),
            new Present(person, 1),
            (old, one) -> new Present(old.person(), old.count() + 1));
    if (now.count() > 1) {
      return false;
    }
    if (isElsewhere(person.personId())) {
      both++;
    } else {
      changed.put(person.personId(), person);
    }
    return true;
  }

  /// Counts a subscription that ended; true if it was the person's last one here.
  public boolean depart(Person person) {
    Present left =
        here.computeIfPresent(
            person.personId(),
            (id, old) -> old.count() == 1 ? null : new Present(old.person(), old.count() - 1));
    if (left != null) {
      return false;
    }
    if (isElsewhere(person.personId())) {
      both--;
    } else {
      changed.put(person.personId(), person);
    }
    return true;
  }

  /// A person is called otherwise from now on; true if they are present here.
  public boolean rename(Person person) {
    return here.computeIfPresent(
            person.personId(), (id, old) -> new Present(person, old.count()))
        != null;
  }

  /// Replaces who is present on other replicas.
  public void othersAre(SharedPresence.Others now) {
    SharedPresence.Others before = others;
    others = now;
    before
        .people()
        .forEach((id, person) -> {
          if (!now.people().containsKey(id) && !here.containsKey(id)) {
            changed.put(id, person);
          }
        });
    both = 0;
    now.people()
        .forEach((id, person) -> {
          if (here.containsKey(id)) {
            both++;
          } else if (!before.people().containsKey(id)) {
            changed.put(id, person);
          }
        });
    countChanged |= now.unnamed() != before.unnamed();
  }

  /// Whether there are changes to take.
  public boolean hasChanges() {
    return countChanged || !changed.isEmpty();
  }

  /// Takes the changes.
  public Changes takeChanges() {
    List<Person> arrived = new ArrayList<>();
    List<Person> departed = new ArrayList<>();
    changed.forEach(
        (id, person) -> (here.containsKey(id) || isElsewhere(id) ? arrived : departed).add(person));
    changed.clear();
    countChanged = false;
    return new Changes(arrived, departed);
  }

  /// How many people are present.
  public int count() {
    return here.size() + others.people().size() - both + others.unnamed();
  }

  /// The people who are present, at most `max`: first those who are here, longest first.
  public List<Person> here(int max) {
    return Stream.concat(
            here.values().stream().map(Present::person),
            others.people().entrySet().stream()
                .filter(other -> !here.containsKey(other.getKey()))
                .map(Map.Entry::getValue))
        .limit(max)
        .toList();
  }

  private boolean isElsewhere(PersonId personId) {
    return others.people().containsKey(personId);
  }
}
