package io.tercet.files.upload;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Chooses names that no item of a folder has: `plan.pdf`, `plan (2).pdf`, `plan (3).pdf` and so
/// on.
///
/// It reads the names in question once, outside the transaction that writes. So that transaction
/// must check that they are still unused.
///
/// - Threading: confined to the transaction of the tree.
final class UnusedNames {
  /// Numbered names with one beginning, above which a folder takes no further one.
  private static final int NUMBERED_MAX = 1000;

  private final Tree tree;
  private final Space space;
  private final FilePath folder;
  private final Map<String, Set<String>> numbered = new HashMap<>();
  private final Set<String> chosen = new HashSet<>();

  UnusedNames(Tree tree, Space space, FilePath folder) {
    this.tree = tree;
    this.space = space;
    this.folder = folder;
  }

  /// A path for each name, in their order; no two are the same.
  ///
  /// - Errors: `path-taken` if the folder has too many numbered names with the same beginning.
  List<FilePath> choose(List<String> names) {
    List<FilePath> paths = new ArrayList<>();
    for (String name : names) {
      String unused = unused(name);
      chosen.add(unused);
      paths.add(folder.child(unused));
    }
    return paths;
  }

  private String unused(String name) {
    if (!chosen.contains(name) && tree.find(space, folder.child(name)).isEmpty()) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String stem = (dot > 0 ? name.substring(0, dot) : name) + " (";
    String extension = ")" + (dot > 0 ? name.substring(dot) : "");
    Set<String> taken = numbered.computeIfAbsent(stem, this::numberedNames);
    int number = 2;
    while (taken.contains(stem + number + extension)
        || chosen.contains(stem + number + extension)) {
      number++;
    }
    return stem + number + extension;
  }

  /// The names that begin with a stem, which ends with a parenthesis.
  private Set<String> numberedNames(String stem) {
    String next = stem.substring(0, stem.length() - 1) + (char) ('(' + 1);
    List<String> names = tree.names(space, folder, stem, next, NUMBERED_MAX + 1);
    if (names.size() > NUMBERED_MAX) {
      throw new ProblemException(ProblemType.PATH_TAKEN, "Choose another name, or another folder.");
    }
    return new HashSet<>(names);
  }
}
