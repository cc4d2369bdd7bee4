package io.tercet.files.http;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// A path as clients write it: a space, names below it, and a slash at the end for a folder.
///
/// The raw request target is split at slashes first, and then each name is decoded once. So an
/// encoded slash cannot become a separator.
///
/// - Errors: `invalid-path`; `room-not-found` if the id of a room is not a UUID.
record ResourcePath(Space space, FilePath path, boolean folder) {

  /// Reads the percent-encoded part of a request target after `/api/files/`.
  static ResourcePath ofTarget(String encoded, Person person) {
    List<String> names = Arrays.stream(encoded.split("/", -1)).map(ResourcePath::decode).toList();
    return of(names, person);
  }

  /// Reads a path in a JSON body, which is not percent-encoded.
  static ResourcePath ofText(String text, Person person) {
    return of(List.of(text.split("/", -1)), person);
  }

  private static ResourcePath of(List<String> parts, Person person) {
    boolean slash = parts.size() > 2 && parts.getLast().isEmpty();
    List<String> names = parts.subList(0, parts.size() - (slash ? 1 : 0));
    if (names.size() < 2) {
      throw noSpace();
    }
    Space space = space(names.get(0), names.get(1), person);
    FilePath path = new FilePath(names.subList(2, names.size()));
    return new ResourcePath(space, path, slash || path.isTop());
  }

  private static Space space(String kind, String owner, Person person) {
    if (kind.equals("people") && owner.equals("me")) {
      return new Space.Home(person.personId());
    }
    if (kind.equals("rooms")) {
      return new Space.Room(roomId(owner));
    }
    throw noSpace();
  }

  private static UUID roomId(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException _) {
      // no UUID: answered like any room that does not exist
    }
    throw new ProblemException(ProblemType.ROOM_NOT_FOUND, "Name the room by its roomId.");
  }

  private static ProblemException noSpace() {
    return new ProblemException(
        ProblemType.INVALID_PATH, "Begin with people/me or rooms/{roomId}.");
  }

  private static String decode(String encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      if (i + 2 >= encoded.length()) {
        throw malformed();
      }
      bytes.put((byte) (hex(encoded.charAt(i + 1)) * 16 + hex(encoded.charAt(i + 2))));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      throw malformed();
    }
  }

  private static int hex(char c) {
    int value = Character.digit(c, 16);
    if (value < 0) {
      throw malformed();
    }
    return value;
  }

  private static ProblemException malformed() {
    return new ProblemException(
        ProblemType.INVALID_PATH, "Percent-encode the names' UTF-8 (RFC 3986).");
  }

  Tree.Location location() {
    return new Tree.Location(space, path);
  }
}
