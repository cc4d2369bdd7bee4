package io.tercet.files.catalog;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a listing continues: after a name, among the folders or among the files.
///
/// Clients see an opaque text: base64url of the digit of the kind and the name.
public final class Cursor {
  private final Nodes.Position position;

  private Cursor(Nodes.Position position) {
    this.position = position;
  }

  Nodes.Position position() {
    return position;
  }

  static Cursor behind(Nodes.Node node) {
    return new Cursor(Nodes.Position.of(node));
  }

  /// - Errors: `invalid-request` for a text that comes from no listing.
  public static Cursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      if (plain.startsWith("0") || plain.startsWith("1")) {
        return new Cursor(new Nodes.Position(plain.charAt(0) - '0', plain.substring(1)));
      }
    } catch (IllegalArgumentException _) {
      // no base64: answered below
    }
    throw new ProblemException(
        ProblemType.INVALID_REQUEST, "Take `after` from the `next` of a listing.");
  }

  @Override
  public String toString() {
    String plain = position.kind() + position.name();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
