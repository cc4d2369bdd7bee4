package io.tercet.http.handle;

import io.tercet.http.file.FileTree;
import java.util.ArrayList;
import java.util.List;

/// A tree that remembers what it was asked for, and can claim that too many files are open.
final class CountingTree implements FileTree {
  final List<String> asked = new ArrayList<>();
  boolean isBusy;
  private final FileTree tree;

  CountingTree(FileTree tree) {
    this.tree = tree;
  }

  @Override
  public Entry find(String path) {
    asked.add(path);
    return isBusy ? new Entry.Busy() : tree.find(path);
  }
}
