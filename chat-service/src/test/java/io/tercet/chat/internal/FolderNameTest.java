package io.tercet.chat.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.Room;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FolderNameTest {

  private static final List<PersonId> TWO =
      List.of(new PersonId(UUID.randomUUID()), new PersonId(UUID.randomUUID()));

  @Test
  void isTheRoomsName() {
    assertThat(FolderName.of(room("plans", List.of()))).isEqualTo("plans");
  }

  @Test
  void ofADirectConversationIsLikeThatOfNoRoom() {
    assertThat(FolderName.of(room("grace, joan", TWO))).isEqualTo("@grace, joan");
  }

  @Test
  void fitsIntoAPathAndDiffersWhereTheNamesAreLong() {
    String longNames = String.join(", ", Collections.nCopies(7, "项".repeat(32)));
    String one = FolderName.of(room(longNames, TWO));
    String other = FolderName.of(room(longNames, TWO));
    assertThat(one.getBytes(UTF_8)).hasSizeBetween(190, 200);
    assertThat(one).startsWith("@项项项").matches(".*项… [0-9a-f]{8}");
    assertThat(one).isNotEqualTo(other);
  }

  private static Room room(String name, List<PersonId> people) {
    RoomId roomId = new RoomId(UUID.randomUUID());
    return new Room(roomId, name, "", Visibility.PRIVATE, Role.MEMBER, 1, 2, 0, 1, people);
  }
}
