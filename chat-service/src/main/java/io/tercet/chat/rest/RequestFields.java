package io.tercet.chat.rest;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/// Reads required values and ids of a request; a missing or malformed one is a problem.
final class RequestFields {

  private RequestFields() {}

  static <T> T required(@Nullable T value, String member) {
    if (value == null) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, member + " is missing.");
    }
    return value;
  }

  /// A malformed id is the id of no room.
  static RoomId roomId(String text) {
    return RoomId.parse(text).orElseThrow(() -> new ProblemException(ProblemType.ROOM_NOT_FOUND));
  }

  static PersonId personId(String text) {
    return PersonId.parse(text)
        .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
  }
}
