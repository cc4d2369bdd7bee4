package io.tercet.chat.room;

import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What members of a room may do with a message: the table of `docs/permissions.md`. Immutable.
///
/// A method whose name begins with `to` returns why they may not, or null if they may.
public final class RoomPermissions {

  private final Duration editTime;

  public RoomPermissions(MessageSettings settings) {
    this.editTime = settings.editTime();
  }

  /// `own`: whether they wrote it; `age`: the time since it was sent.
  public @Nullable ProblemType toEdit(boolean own, Duration age) {
    if (!own) {
      return ProblemType.AUTHOR_ONLY;
    }
    boolean isOver = !editTime.isZero() && age.compareTo(editTime) > 0;
    return isOver ? ProblemType.EDIT_TIME_OVER : null;
  }

  /// The rest as for [#toEdit].
  public @Nullable ProblemType toDelete(Role role, boolean own, Duration age) {
    return role == Role.OWNER ? null : toEdit(own, age);
  }

  /// To mention everybody in the room; what others write stays text.
  public boolean mayMentionRoom(Role role) {
    return role == Role.OWNER;
  }

  /// To mention who is present; what others write stays text.
  public boolean mayMentionHere(Person person) {
    return !person.guest();
  }

  /// To pin a message, and to end a pin, whoever wrote it and whoever pinned it.
  public @Nullable ProblemType toPin(Person person) {
    return person.guest() ? ProblemType.GUESTS_NOT_ALLOWED : null;
  }
}
