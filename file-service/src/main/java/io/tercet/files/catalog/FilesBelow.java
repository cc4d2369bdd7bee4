package io.tercet.files.catalog;

import io.tercet.files.catalog.Nodes.Node;
import io.tercet.files.catalog.Nodes.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Collects the files below a folder, page by page.
///
/// - Bounds: so many files, and as many folders.
/// - Threading: confined to the transaction of its nodes.
/// - Errors: `too-large` past the bound.
final class FilesBelow {
  private static final int PAGE = 1000;

  private final Nodes nodes;
  private final Space space;
  private final int itemsMax;
  private final List<Item.File> files = new ArrayList<>();
  private final Deque<Item.Folder> folders = new ArrayDeque<>();
  private int foldersSeen;

  FilesBelow(Nodes nodes, Space space, int itemsMax) {
    this.nodes = nodes;
    this.space = space;
    this.itemsMax = itemsMax;
  }

  /// The files, each with its path below the folder of this id.
  List<Item.File> in(String folderId) {
    collect(folderId, FilePath.TOP);
    while (!folders.isEmpty()) {
      Item.Folder next = folders.removeLast();
      collect(next.fileId().toString(), next.path());
    }
    return files;
  }

  private void collect(String folderId, FilePath at) {
    Position after = Position.FIRST;
    List<Node> page;
    do {
      page = nodes.children(space, folderId, after, PAGE);
      for (Node node : page) {
        switch (node.at(at.child(node.name()))) {
          case Item.Folder below -> {
            folders.addLast(below);
            foldersSeen++;
          }
          case Item.File file -> files.add(file);
        }
        after = Position.of(node);
      }
      if (files.size() > itemsMax || foldersSeen > itemsMax) {
        throw Tree.tooMany(itemsMax);
      }
    } while (page.size() == PAGE);
  }
}
