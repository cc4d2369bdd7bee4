package io.tercet.chat.rest;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads required values and ids of a request; a missing or malformed one is a problem.
final class RequestFields {

  /// One way to write each place; all of them fit into a `long`.
  private static final Pattern SEQ = Pattern.compile("[1-9][0-9]{0,17}");

  /// Source: RFC 9110 §8.8.3.
  private static final Pattern TAG =
      Pattern.compile("(?<weak>W/)?\"(?<tag>[^\"\\x00-\\x20\\x7f]*)\"");

  /// A version, and the moment that a message is of.
  private static final Pattern VERSION =
      Pattern.compile("(?<version>" + SEQ + ")(?:-" + SEQ + ")?");

  private static final Long NO_VERSION = 0L;

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

  /// A malformed place is the place of no message.
  static long seq(String text) {
    if (!SEQ.matcher(text).matches()) {
      throw new ProblemException(ProblemType.MESSAGE_NOT_FOUND);
    }
    return Long.parseLong(text);
  }

  /// A place in the log that a body has, or not. A mapper would make one of `3.5` and of `""`, too.
  static @Nullable Long place(@Nullable JsonNode value, String member) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, member + " is a whole number.");
    }
    return value.longValue();
  }

  /// The version that the lines of `If-Match` name; null if any will do. One that no message has
  /// stands for a weak tag, which matches nothing, and for a tag that is not ours.
  static @Nullable Long version(List<String> ifMatch) {
    if (ifMatch.isEmpty() || ifMatch.equals(List.of("*"))) {
      return null;
    }
    Matcher tag = TAG.matcher(ifMatch.getFirst().strip());
    if (ifMatch.size() > 1 || !tag.matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "If-Match takes one quoted tag, or *.");
    }
    Matcher version = VERSION.matcher(tag.group("tag"));
    boolean strong = tag.group("weak") == null;
    return strong && version.matches() ? Long.valueOf(version.group("version")) : NO_VERSION;
  }

  static PersonId personId(String text) {
    return PersonId.parse(text)
        .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
  }
}
