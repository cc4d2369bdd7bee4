package io.tercet.chat.presence;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What Valkey keeps, in memory, with commands that may fail.
final class MemoryPresenceStore implements PresenceStore {

  private final Map<UUID, Map<String, Map<PersonId, Person>>> rooms = new HashMap<>();
  boolean away;
  int writes;
  int reads;
  int touches;

  @Override
  public CompletionStage<?> write(Change change) {
    writes++;
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
    Map<PersonId, Person> people =
        rooms
            .computeIfAbsent(change.roomId(), id -> new HashMap<>())
            .computeIfAbsent(change.life(), life -> new HashMap<>());
    change.here().forEach(person -> people.put(person.personId(), person));
    people.keySet().removeAll(change.gone());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Boolean> touch(UUID roomId) {
    touches++;
    return CompletableFuture.completedFuture(rooms.containsKey(roomId));
  }

  @Override
  public CompletionStage<Known> read(UUID roomId, int max) {
    reads++;
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
    Map<String, Map<PersonId, Person>> read = new HashMap<>();
    int left = max;
    int unread = 0;
    for (var life : rooms.getOrDefault(roomId, Map.of()).entrySet()) {
      Map<PersonId, Person> people = new HashMap<>();
      for (Person person : life.getValue().values()) {
        if (left > 0) {
          people.put(person.personId(), person);
          left--;
        } else {
          unread++;
        }
      }
      read.put(life.getKey(), people);
    }
    return CompletableFuture.completedFuture(new Known(read, unread));
  }

  @Override
  public CompletionStage<?> remove(UUID roomId, String life, Collection<PersonId> people) {
    rooms
        .getOrDefault(roomId, Map.of())
        .getOrDefault(life, new HashMap<>())
        .keySet()
        .removeAll(people);
    rooms.getOrDefault(roomId, new HashMap<>()).values().removeIf(Map::isEmpty);
    return CompletableFuture.completedFuture(null);
  }

  void loseEverything() {
    rooms.clear();
  }

  /// The lives of which something is kept in a room.
  Collection<String> lives(UUID roomId) {
    return rooms.getOrDefault(roomId, Map.of()).keySet();
  }
}
