package io.tercet.chat.room;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A place in a list of rooms; a page begins behind it. Clients hand it back as they got it.
///
/// - Shape: Base64 (URL, without padding) of a letter for the list and the members, a line each.
/// - Errors: a text that is not a place in this list is `invalid-request`.
public sealed interface RoomCursor {

  /// A place in the list of a person's own rooms.
  record Own(long joinedAt, String roomId) implements RoomCursor {

    static final Own START = new Own(Long.MIN_VALUE, "");
  }

  /// A place in the list of public rooms.
  record Public(String nameKey) implements RoomCursor {

    static final Public START = new Public("");
  }

  /// A place among the public rooms that a search found.
  record Found(String word, long position, String roomId) implements RoomCursor {

    static Found start(String beginning) {
      return new Found(beginning, -1, "");
    }
  }

  /// The cursor for clients.
  default String text() {
    String lines =
        switch (this) {
          case Own(long joinedAt, String roomId) -> "o\n" + joinedAt + "\n" + roomId;
          case Public(String nameKey) -> "p\n" + nameKey;
          case Found(String word, long position, String roomId) ->
              "f\n" + position + "\n" + roomId + "\n" + word;
        };
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(lines.getBytes(StandardCharsets.UTF_8));
  }

  static Own own(@Nullable String text) {
    if (text == null) {
      return Own.START;
    }
    String[] lines = lines(text, "o", 3);
    return new Own(number(lines[1]), lines[2]);
  }

  static Public ofPublic(@Nullable String text) {
    return text == null ? Public.START : new Public(lines(text, "p", 2)[1]);
  }

  static Found found(@Nullable String text, String beginning) {
    if (text == null) {
      return Found.start(beginning);
    }
    String[] lines = lines(text, "f", 4);
    if (!lines[3].startsWith(beginning)) {
      throw refused();
    }
    return new Found(lines[3], number(lines[1]), lines[2]);
  }

  private static String[] lines(String text, String list, int count) {
    String decoded;
    try {
      decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw refused();
    }
    String[] lines = decoded.split("\n", count);
    if (lines.length != count || !lines[0].equals(list) || decoded.contains("\0")) {
      throw refused();
    }
    return lines;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw refused();
    }
  }

  private static ProblemException refused() {
    return new ProblemException(
        ProblemType.INVALID_REQUEST,
        "This cursor is not from this list: read the list from its beginning.");
  }
}
