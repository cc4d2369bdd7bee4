package io.tercet.chat.presence;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.replica.LiveReplicas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// One room between this replica and the others: who is here, what of that the others were not told
/// yet, and whom the others named.
///
/// Not thread-safe: [SharedPresence] guards it by the entry of its map.
final class SharedRoom {

  final Map<PersonId, Local> local = new HashMap<>();
  final Set<PersonId> untold = new HashSet<>();
  final List<PresenceWatch> watches = new ArrayList<>();

  /// The heartbeat at which a life first did not count.
  private final Map<String, Long> suspects = new HashMap<>();

  private Map<String, Map<PersonId, Person>> others = Map.of();
  private int unnamed;

  /// Whether what the others say must be read.
  boolean stale;

  long writtenNanos;
  long readNanos;

  record Local(Person person, int count) {}

  /// The people of a life that counts no more.
  record Leftover(String life, Set<PersonId> people) {}

  boolean isEmpty() {
    return local.isEmpty() && untold.isEmpty() && watches.isEmpty();
  }

  void arrive(Person person) {
    Local now =
        local.merge(
            person.personId(),
            new Local(person, 1),
            (old, one) -> new Local(person, old.count() + 1));
    if (now.count() == 1) {
      untold.add(person.personId());
    }
  }

  void rename(Person person) {
    if (local.computeIfPresent(person.personId(), (id, old) -> new Local(person, old.count()))
        != null) {
      untold.add(person.personId());
    }
  }

  void depart(Person person) {
    Local left =
        local.computeIfPresent(
            person.personId(),
            (id, old) -> old.count() == 1 ? null : new Local(old.person(), old.count() - 1));
    if (left == null) {
      untold.add(person.personId());
    }
  }

  /// Takes what a life tells the others.
  PresenceStore.Change takeChange(UUID roomId, String life) {
    List<Person> here = new ArrayList<>();
    List<PersonId> gone = new ArrayList<>();
    for (PersonId personId : untold) {
      Local now = local.get(personId);
      if (now == null) {
        gone.add(personId);
      } else {
        here.add(now.person());
      }
    }
    untold.clear();
    return new PresenceStore.Change(roomId, life, here, gone);
  }

  /// Keeps what was read of the others, at most `max` people, and counts the rest.
  void know(Map<String, Map<PersonId, Person>> byLife, int more, int max) {
    Map<String, Map<PersonId, Person>> kept = new HashMap<>();
    int left = max;
    unnamed = more;
    for (Map.Entry<String, Map<PersonId, Person>> entry : byLife.entrySet()) {
      Map<PersonId, Person> people = new HashMap<>();
      for (Person person : entry.getValue().values()) {
        if (left > 0) {
          people.put(person.personId(), person);
          left--;
        } else {
          unnamed++;
        }
      }
      kept.put(entry.getKey(), people);
    }
    others = kept;
  }

  /// Forgets the others.
  void forget() {
    know(Map.of(), 0, 0);
    suspects.clear();
  }

  /// How many people of others are kept.
  int kept() {
    return others.values().stream().mapToInt(Map::size).sum();
  }

  /// Who is present on the replicas that count.
  SharedPresence.Others others(Set<String> alive) {
    Map<PersonId, Person> people = new HashMap<>();
    others.forEach((life, theirs) -> {
      if (alive.contains(life)) {
        people.putAll(theirs);
      }
    });
    return alive.isEmpty()
        ? SharedPresence.Others.NONE
        : new SharedPresence.Others(Map.copyOf(people), unnamed);
  }

  /// Takes out the lives that did not count at two heartbeats after their people were read. They
  /// never will again: who writes has a heartbeat before.
  List<Leftover> takeLeftovers(LiveReplicas.View view) {
    List<Leftover> leftovers = new ArrayList<>();
    Map<String, Map<PersonId, Person>> left = new HashMap<>();
    suspects.keySet().retainAll(others.keySet());
    others.forEach((life, people) -> {
      if (view.alive().contains(life)) {
        suspects.remove(life);
        left.put(life, people);
      } else if (view.beats() >= suspects.computeIfAbsent(life, _ -> view.beats()) + 2) {
        suspects.remove(life);
        leftovers.add(new Leftover(life, Set.copyOf(people.keySet())));
      } else {
        left.put(life, people);
      }
    });
    others = left;
    return leftovers;
  }
}
