package io.tercet.files.catalog;

import io.tercet.files.catalog.Nodes.Node;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;

/// A person who changes a space. An owner may delete everything in it: a person in the own folder,
/// and the creator of a room in the room's folder. Others may delete what they made themselves.
public record Editor(Person person, boolean owner) {

  /// Whether the person may delete or move away the node and everything below it.
  ///
  /// - Errors: `creator-only`.
  void checkRemoval(Node node) {
    if (!owner && !node.isAllOf(person.personId())) {
      throw new ProblemException(
          ProblemType.CREATOR_ONLY,
          "Others stored a part of this: take away what you stored yourself.");
    }
  }
}
