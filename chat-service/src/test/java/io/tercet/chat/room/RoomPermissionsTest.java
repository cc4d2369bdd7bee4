package io.tercet.chat.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the table of `docs/permissions.md` says about messages.
class RoomPermissionsTest {

  private static final Duration IN_TIME = Duration.ofMinutes(15);
  private static final Duration LATER = IN_TIME.plusMillis(1);
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (edits|deletes) ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");

  private final RoomPermissions permissions = new RoomPermissions(new MessageSettings(IN_TIME, 1));

  @Test
  void areThoseOfTheTable() throws IOException {
    Map<String, List<String>> table = new HashMap<>();
    ROW.matcher(Files.readString(Path.of("../docs/permissions.md")))
        .results()
        .forEach(row ->
            table.put(row.group(1) + " " + row.group(2), List.of(row.group(3), row.group(4))));
    assertThat(table)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "edits one's own in time", toEdit(true, IN_TIME),
                "edits one's own later", toEdit(true, LATER),
                "edits another's", toEdit(false, IN_TIME),
                "deletes one's own in time", toDelete(true, IN_TIME),
                "deletes one's own later", toDelete(true, LATER),
                "deletes another's", toDelete(false, IN_TIME)));
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

  /// The cells of a member and of the owner.
  private List<String> toEdit(boolean own, Duration age) {
    String both = cell(permissions.toEdit(own, age));
    return List.of(both, both);
  }

  private List<String> toDelete(boolean own, Duration age) {
    return List.of(
        cell(permissions.toDelete(Role.MEMBER, own, age)),
        cell(permissions.toDelete(Role.OWNER, own, age)));
  }

  private static String cell(@Nullable ProblemType refusal) {
    return refusal == null
        ? "yes"
        : "`" + refusal.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
  }
}
