package io.tercet.chat.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the table of `docs/permissions.md` says about messages.
class RoomPermissionsTest {

  private static final Duration IN_TIME = Duration.ofMinutes(15);
  private static final Duration LATER = IN_TIME.plusMillis(1);
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| (edits|deletes|pins) ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");

  private final RoomPermissions permissions = new RoomPermissions(new MessageSettings(IN_TIME, 1));

  @Test
  void areThoseOfTheTable() throws IOException {
    Map<String, List<String>> table = new HashMap<>();
    ROW.matcher(Files.readString(Path.of("../docs/permissions.md")))
        .results()
        .forEach(row ->
            table.put(
                row.group(1) + " " + row.group(2),
                List.of(row.group(3), row.group(4), row.group(5))));
    assertThat(table)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "edits one's own in time", toEdit(true, IN_TIME),
                "edits one's own later", toEdit(true, LATER),
                "edits another's", toEdit(false, IN_TIME),
                "deletes one's own in time", toDelete(true, IN_TIME),
                "deletes one's own later", toDelete(true, LATER),
                "deletes another's", toDelete(false, IN_TIME),
                "pins any, and ends any pin", toPin()));
  }

  @Test
  void ofAnothersMessageDoNotDependOnItsAge() {
    assertThat(toEdit(false, LATER)).isEqualTo(toEdit(false, IN_TIME));
    assertThat(toDelete(false, LATER)).isEqualTo(toDelete(false, IN_TIME));
  }

  @Test
  void neverEndWithoutAnEditTime() {
    RoomPermissions always = new RoomPermissions(new MessageSettings(Duration.ZERO, 1));
    assertThat(always.toEdit(true, Duration.ofDays(10_000))).isNull();
    assertThat(always.toDelete(Role.MEMBER, true, Duration.ofDays(10_000))).isNull();
  }

  /// The cells of a member, of the owner and of a guest.
  private List<String> toEdit(boolean own, Duration age) {
    String all = cell(permissions.toEdit(own, age));
    return List.of(all, all, all);
  }

  private List<String> toDelete(boolean own, Duration age) {
    String ofMember = cell(permissions.toDelete(Role.MEMBER, own, age));
    return List.of(ofMember, cell(permissions.toDelete(Role.OWNER, own, age)), ofMember);
  }

  private List<String> toPin() {
    PersonId id = new PersonId(new UUID(0, 1));
    String registered = cell(permissions.toPin(new Person(id, "ada", false)));
    return List.of(registered, registered, cell(permissions.toPin(new Person(id, "guest", true))));
  }

  private static String cell(@Nullable ProblemType refusal) {
    return refusal == null
        ? "yes"
        : "`" + refusal.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
  }
}
