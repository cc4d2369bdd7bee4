package io.tercet.chat.hint;

import io.tercet.chat.hint.Hint.CardChanged;
import io.tercet.chat.hint.Hint.PersonChanged;
import io.tercet.chat.hint.Hint.PlacesMoved;
import io.tercet.chat.hint.Hint.PresenceChanged;
import io.tercet.chat.hint.Hint.RoomReached;
import io.tercet.chat.hint.Hint.SessionEnded;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A hint as one line of text: version, sender, kind and what it concerns, each after a space.
///
/// @param sender the replica that says it
/// @param hint null for a beat, and for a kind that this version does not know
/// @param beat the number of a beat; 0 for everything else
record HintMessage(UUID sender, @Nullable Hint hint, long beat) {

  /// No message is as long as this.
  static final int LENGTH_MAX = 200;

  private static final String VERSION = "1";

  static String write(UUID sender, Hint hint) {
    return switch (hint) {
      case RoomReached(UUID roomId, long seq) -> line(sender, "room", roomId + " " + seq);
      case PresenceChanged(UUID roomId) -> line(sender, "presence", roomId.toString());
      case PersonChanged(UUID personId) -> line(sender, "person", personId.toString());
      case CardChanged(UUID personId) -> line(sender, "card", personId.toString());
      case PlacesMoved(UUID personId, long after) -> line(sender, "places", personId + " " + after);
      case SessionEnded(UUID personId, UUID sessionId) ->
          line(sender, "session", personId + " " + sessionId);
    };
  }

  /// What a replica sends to hear whether it arrives.
  static String beat(UUID sender, long beat) {
    return line(sender, "beat", Long.toString(beat));
  }

  /// Reads a message; null if it is of another version. Throws `IllegalArgumentException` for one
  /// that nobody writes.
  static @Nullable HintMessage read(String message) {
    String[] words = message.length() > LENGTH_MAX ? new String[0] : message.split(" ", -1);
    if (words.length > 0 && words[0].matches("[0-9]{1,4}") && !words[0].equals(VERSION)) {
      return null;
    }
    if (words.length < 4 || !words[0].equals(VERSION)) {
      throw new IllegalArgumentException("no hint");
    }
    long beat = words[2].equals("beat") ? Long.parseLong(words[3]) : 0;
    return new HintMessage(id(words[1]), hint(words), beat);
  }

  /// More words than these may come from a newer replica.
  private static @Nullable Hint hint(String[] words) {
    return switch (words[2]) {
      case "room" -> new RoomReached(id(words[3]), Long.parseLong(fifth(words)));
      case "presence" -> new PresenceChanged(id(words[3]));
      case "person" -> new PersonChanged(id(words[3]));
      case "card" -> new CardChanged(id(words[3]));
      case "places" -> new PlacesMoved(id(words[3]), Long.parseLong(fifth(words)));
      case "session" -> new SessionEnded(id(words[3]), id(fifth(words)));
      default -> null;
    };
  }

  private static UUID id(String word) {
    return UUID.fromString(word);
  }

  private static String fifth(String[] words) {
    if (words.length < 5) {
      throw new IllegalArgumentException("a word is missing");
    }
    return words[4];
  }

  private static String line(UUID sender, String kind, String what) {
    return VERSION + " " + sender + " " + kind + " " + what;
  }
}
