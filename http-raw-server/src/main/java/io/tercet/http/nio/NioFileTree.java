package io.tercet.http.nio;

import io.tercet.http.file.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/// The files beneath a folder. A link is followed as far as it stays inside. That is checked before
/// the file is opened; so a user who may change links in the folder can lead out of it in between.
public final class NioFileTree implements FileTree {
  private final Path root;

  /// The files beneath this folder.
  public NioFileTree(Path root) {
    this.root = root.toAbsolutePath();
  }

  @Override
  public Entry find(String path) {
    try {
      Path beneath = root.toRealPath();
      Path found = beneath.resolve(path).toRealPath();
      if (!found.startsWith(beneath)) {
        return new Entry.Absent();
      }
      BasicFileAttributes attributes = Files.readAttributes(found, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return new Entry.Folder();
      }
      return attributes.isRegularFile()
          ? new Entry.File(
              new NioFile(found, FileChannel.open(found, StandardOpenOption.READ), attributes))
          : new Entry.Absent();
    } catch (NoSuchFileException | InvalidPathException absent) {
      return new Entry.Absent();
    } catch (IOException failure) {
      // Java tells a want of descriptors from other trouble only in words.
      boolean busy = String.valueOf(failure.getMessage()).contains("Too many open files");
      return busy ? new Entry.Busy() : new Entry.Absent();
    }
  }
}
