package io.tercet.chat.presence;

import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.valkey.Valkey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// A hash in Valkey for each room: the field is `life:personId`, the value has a line each for
/// name, display name, and whether the person is a guest. It expires.
@Component
@EnableConfigurationProperties(PresenceSettings.class)
class ValkeyPresenceStore implements PresenceStore {

  /// People in one command.
  private static final int CHUNK = 500;

  private static final int VALUE_LINES = 3;

  private final Valkey valkey;
  private final PresenceSettings settings;

  ValkeyPresenceStore(Valkey valkey, PresenceSettings settings) {
    this.valkey = valkey;
    this.settings = settings;
  }

  @Override
  public CompletionStage<?> write(Change change) {
    RedisClusterAsyncCommands<String, String> commands = valkey.commands();
    String key = key(change.roomId());
    List<CompletionStage<?>> answers = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    for (Person person : change.here()) {
      fields.put(field(change.life(), person.personId()), value(person));
      if (fields.size() == CHUNK) {
        answers.add(commands.hset(key, fields));
        fields = new HashMap<>();
      }
    }
    if (!fields.isEmpty()) {
      answers.add(commands.hset(key, fields));
    }
    answers.addAll(delete(change.roomId(), change.life(), change.gone()));
    answers.add(commands.pexpire(key, settings.keep()));
    return all(answers);
  }

  @Override
  public CompletionStage<Boolean> touch(UUID roomId) {
    return valkey.commands().pexpire(key(roomId), settings.keep());
  }

  @Override
  public CompletionStage<Known> read(UUID roomId, int max) {
    RedisClusterAsyncCommands<String, String> commands = valkey.commands();
    String key = key(roomId);
    return commands
        .hlen(key)
        .thenCompose(length ->
            scan(commands, key, ScanCursor.INITIAL, new HashMap<>(), max)
                .thenApply(fields -> known(fields, length)));
  }

  @Override
  public CompletionStage<?> remove(UUID roomId, String life, Collection<PersonId> people) {
    return all(delete(roomId, life, people));
  }

  private List<CompletionStage<?>> delete(UUID roomId, String life, Collection<PersonId> people) {
    List<CompletionStage<?>> answers = new ArrayList<>();
    List<String> gone = people.stream().map(personId -> field(life, personId)).toList();
    for (int from = 0; from < gone.size(); from += CHUNK) {
      List<String> some = gone.subList(from, Math.min(from + CHUNK, gone.size()));
      answers.add(valkey.commands().hdel(key(roomId), some.toArray(String[]::new)));
    }
    return answers;
  }

  private static CompletionStage<Map<String, String>> scan(
      RedisClusterAsyncCommands<String, String> commands,
      String key,
      ScanCursor from,
      Map<String, String> fields,
      int max) {
    return commands
        .hscan(key, from, ScanArgs.Builder.limit(CHUNK))
        .thenCompose((MapScanCursor<String, String> page) -> {
          fields.putAll(page.getMap());
          return page.isFinished() || fields.size() >= max
              ? CompletableFuture.completedFuture(fields)
              : scan(commands, key, page, fields, max);
        });
  }

  private static Known known(Map<String, String> fields, long length) {
    Map<String, Map<PersonId, Person>> byLife = new HashMap<>();
    fields.forEach((field, value) -> {
      int colon = field.indexOf(':');
      Optional<PersonId> personId = PersonId.parse(field.substring(colon + 1));
      String[] lines = value.split("\n", -1);
      if (colon > 0 && personId.isPresent() && lines.length == VALUE_LINES) {
        Person person =
            new Person(personId.get(), lines[0], lines[1], Boolean.parseBoolean(lines[2]));
        byLife
            .computeIfAbsent(field.substring(0, colon), life -> new HashMap<>())
            .put(person.personId(), person);
      }
    });
    return new Known(byLife, (int) Math.max(0, length - fields.size()));
  }

  private static CompletionStage<?> all(List<CompletionStage<?>> answers) {
    return CompletableFuture.allOf(
        answers.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  private static String key(UUID roomId) {
    return "tercet:presence:" + roomId;
  }

  private static String field(String life, PersonId personId) {
    return life + ':' + personId;
  }

  private static String value(Person person) {
    return person.name() + '\n' + person.displayName() + '\n' + person.guest();
  }
}
