package io.tercet.chat.room.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectPeopleTest {

  private final PersonId ada = PersonId.of("00000000-0000-0000-0000-00000000000a");
  private final PersonId grace = PersonId.of("80000000-0000-0000-0000-00000000000b");
  private final PersonId joan = PersonId.of("70000000-0000-0000-0000-00000000000c");

  @Test
  void haveOneKeyInWhateverOrderTheyCome() {
    DirectPeople people = DirectPeople.of(grace, List.of(ada, joan, ada, grace));
    assertThat(people).isEqualTo(DirectPeople.of(ada, List.of(joan, grace)));
    assertThat(people.key()).isEqualTo(ada + " " + joan + " " + grace);
    assertThat(DirectPeople.ofKey(people.key())).isEqualTo(people);
  }

  @Test
  void areTwoToEight() {
    assertThatThrownBy(() -> DirectPeople.of(ada, List.of())).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> DirectPeople.of(ada, Collections.nCopies(3, ada)))
        .isInstanceOf(ProblemException.class);
    List<PersonId> others =
        IntStream.range(0, 8).mapToObj(each -> new PersonId(new UUID(1, each))).toList();
    assertThat(DirectPeople.of(ada, others.subList(0, 7)).ids()).hasSize(8);
    assertThatThrownBy(() -> DirectPeople.of(ada, others)).isInstanceOf(ProblemException.class);
  }

  @Test
  void areNamedForEachOfThemByTheOthers() {
    DirectPeople people = DirectPeople.of(grace, List.of(ada, joan));
    String names = DirectPeople.joined(List.of("ada", "joan", "grace"));
    assertThat(people.namesOfOthers(names, joan)).isEqualTo("ada, grace");
    assertThat(people.namesOfOthers(names, ada)).isEqualTo("joan, grace");
    assertThat(people.namesOfOthers(names, new PersonId(new UUID(0, 0)))).isEqualTo(names);
  }
}
