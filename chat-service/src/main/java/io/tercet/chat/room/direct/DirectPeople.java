package io.tercet.chat.room.direct;

import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The people of a direct conversation: 2 to [#PEOPLE_MAX], in the order of their ids. Immutable.
public record DirectPeople(List<PersonId> ids) {

  /// Most people in one direct conversation.
  public static final int PEOPLE_MAX = 8;

  private static final String BETWEEN_IDS = " ";
  private static final String BETWEEN_NAMES = ", ";

  /// Takes each of them once.
  public DirectPeople {
    ids = ids.stream().distinct().sorted(Comparator.comparing(PersonId::toString)).toList();
  }

  /// The opener and others, each counted once. Throws `invalid-request` if they are too few or too
  /// many.
  public static DirectPeople of(PersonId opener, Collection<PersonId> others) {
    DirectPeople all = new DirectPeople(Stream.concat(Stream.of(opener), others.stream()).toList());
    if (all.ids().size() < 2 || all.ids().size() > PEOPLE_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "A direct conversation has 1 to %d people beside you.".formatted(PEOPLE_MAX - 1));
    }
    return all;
  }

  /// The people of a key that this service wrote.
  public static DirectPeople ofKey(String key) {
    return new DirectPeople(Arrays.stream(key.split(BETWEEN_IDS, -1)).map(PersonId::of).toList());
  }

  /// One text for the same people.
  public String key() {
    return ids.stream().map(PersonId::toString).collect(Collectors.joining(BETWEEN_IDS));
  }

  /// Everybody but this person.
  public List<PersonId> others(PersonId personId) {
    return ids.stream().filter(each -> !each.equals(personId)).toList();
  }

  /// Their names, in their order, in one text. No name has a comma or a blank.
  public static String joined(List<String> names) {
    return String.join(BETWEEN_NAMES, names);
  }

  /// The names without that of this person.
  public String namesOfOthers(String joinedNames, PersonId personId) {
    String[] names = joinedNames.split(BETWEEN_NAMES, -1);
    return joined(
        IntStream.range(0, names.length)
            .filter(at -> at >= ids.size() || !ids.get(at).equals(personId))
            .mapToObj(at -> names[at])
            .toList());
  }
}
