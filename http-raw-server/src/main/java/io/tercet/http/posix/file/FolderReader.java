package io.tercet.http.posix.file;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.tercet.http.file.FileTree;
import io.tercet.http.file.ListableTree;
import io.tercet.http.message.OpenFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the entries of an open folder. Confined to one thread.
///
/// The tree resolves a link, and so only as far as it stays inside. An entry that leads out is left
/// out, with its size.
final class FolderReader {
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int NAME_AT = 19;

  private final FileTree tree;
  private final String path;
  private final int fd;
  private final List<ListableTree.Item> items = new ArrayList<>();

  FolderReader(FileTree tree, String path, int fd) {
    this.tree = tree;
    this.path = path;
    this.fd = fd;
  }

  /// Reads so many entries, or all; empty if it is no folder.
  Optional<ListableTree.Folder> read(int entriesMax) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
      MemorySegment statx = arena.allocate(PosixFile.STATX_BYTES, 8);
      int seen = 0;
      while (true) {
        int length = FileCalls.entries(fd, buffer);
        if (length <= 0) {
          return length < 0 ? Optional.empty() : Optional.of(new ListableTree.Folder(items, false));
        }
        for (int at = 0; at < length; ) {
          int recordLength = Short.toUnsignedInt(buffer.get(JAVA_SHORT_UNALIGNED, at + 16L));
          MemorySegment name = buffer.asSlice(at + NAME_AT, recordLength - NAME_AT);
          boolean isItselfOrParent = isDots(name);
          if (!isItselfOrParent && ++seen > entriesMax) {
            return Optional.of(new ListableTree.Folder(items, true));
          }
          if (name.get(JAVA_BYTE, 0) != '.') {
            add(name, statx);
          }
          at += recordLength;
        }
      }
    }
  }

  private static boolean isDots(MemorySegment name) {
    byte second = name.get(JAVA_BYTE, 1);
    return name.get(JAVA_BYTE, 0) == '.'
        && (second == 0 || (second == '.' && name.get(JAVA_BYTE, 2) == 0));
  }

  private void add(MemorySegment name, MemorySegment statx) {
    String text = text(name);
    if (text == null || FileCalls.statEntry(fd, name, statx) != 0) {
      return;
    }
    if (PosixFile.isRegular(statx) || PosixFile.isFolder(statx)) {
      boolean isFolder = PosixFile.isFolder(statx);
      long length = isFolder ? 0 : PosixFile.length(statx);
      items.add(new ListableTree.Item(text, isFolder, length, PosixFile.modifiedAt(statx)));
    } else if (PosixFile.isLink(statx)) {
      follow(text, PosixFile.modifiedAt(statx));
    }
  }

  private void follow(String name, Instant linkModifiedAt) {
    switch (tree.find(path.isEmpty() ? name : path + "/" + name)) {
      case FileTree.Entry.File(OpenFile file) -> {
        try (file) {
          items.add(new ListableTree.Item(name, false, file.length(), file.modifiedAt()));
        }
      }
      case FileTree.Entry.Folder() ->
          items.add(new ListableTree.Item(name, true, 0, linkModifiedAt));
      case FileTree.Entry.Absent(), FileTree.Entry.Busy() -> {}
    }
  }

  /// Null for a name that no path of a request can have: not UTF-8, or with control characters.
  private static @Nullable String text(MemorySegment name) {
    int length = 0;
    while (name.get(JAVA_BYTE, length) != 0) {
      length++;
    }
    ByteBuffer bytes = name.asSlice(0, length).asByteBuffer();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return text.chars().anyMatch(Character::isISOControl) ? null : text;
    } catch (CharacterCodingException notText) {
      return null;
    }
  }
}
