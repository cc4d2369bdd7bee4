package io.tercet.files.upload;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;

/// Finds a name that no item of a folder has: `plan.pdf`, `plan (2).pdf`, `plan (3).pdf` and so on.
final class UnusedName {
  private static final int TRIES_MAX = 1000;

  private UnusedName() {}

  static FilePath in(Tree tree, Space space, FilePath folder, String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    for (int n = 1; n <= TRIES_MAX; n++) {
      String candidate = n == 1 ? name : stem + " (" + n + ")" + extension;
      FilePath path = folder.child(candidate);
      if (tree.find(space, path).isEmpty()) {
        return path;
      }
    }
    throw new ProblemException(ProblemType.PATH_TAKEN, "Choose another name for " + name + ".");
  }
}
