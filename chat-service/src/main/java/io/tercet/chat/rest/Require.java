package io.tercet.chat.rest;

import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.Refusal;
import io.tercet.chat.room.RoomId;
import org.jspecify.annotations.Nullable;

/// Takes apart what came in a request, or refuses it by its name.
final class Require {

  private Require() {}

  static <T> T present(@Nullable T value, String member) {
    if (value == null) {
      throw new Refusal(ProblemType.INVALID_REQUEST, member + " is missing.");
    }
    return value;
  }

  /// A room that cannot exist is a room that is not there.
  static RoomId roomId(String text) {
    return RoomId.parse(text).orElseThrow(() -> new Refusal(ProblemType.ROOM_NOT_FOUND));
  }

  static PersonId personId(String text) {
    return PersonId.parse(text).orElseThrow(() -> new Refusal(ProblemType.PERSON_NOT_FOUND));
  }
}
