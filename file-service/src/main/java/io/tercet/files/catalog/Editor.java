package io.tercet.files.catalog;

import io.tercet.files.catalog.Nodes.Node;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;

/// A person who changes a space. An owner may change and delete everything in it: a person in the
/// own folder, and the creator of a room in the room's folder. Others may delete what they made
/// themselves. They may replace what others made, which keeps its maker's version; guests may not.
public record Editor(Person person, boolean owner) {

  /// Whether the person may delete or move away the node and everything below it. What others wrote
  /// over a file is no part of it that would keep its maker from that: it lies in the bin.
  ///
  /// - Errors: `creator-only`.
  void checkRemoval(Node node) {
    boolean holdsOthers = node.folder() && node.shared();
    if (!owner && (holdsOthers || !node.isMadeBy(person.personId()))) {
      throw new ProblemException(
          ProblemType.CREATOR_ONLY,
          "Others stored a part of this: take away what you stored yourself.");
    }
  }

  /// Whether the person may give a file another content, or anything another time.
  ///
  /// - Errors: `guests-not-allowed`.
  void checkChange(Node node) {
    if (!owner && person.guest() && !node.isMadeBy(person.personId())) {
      throw new ProblemException(
          ProblemType.GUESTS_NOT_ALLOWED, "Somebody else stored this: choose another name.");
    }
  }
}
