package io.tercet.http.access;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Where lines go: a file that is appended to, or standard output.
///
/// To rotate the file, another program moves it away. The next call of [#follow] begins a new one;
/// no signal is needed. Confined to one thread.
final class RotatedFile implements AutoCloseable {
  private final @Nullable Path path;
  private FileChannel channel;
  private @Nullable Object key;

  /// Whether the last write stopped inside a line.
  private boolean torn;

  /// Opens or makes the file.
  ///
  /// @throws IOException with the system's reason
  static RotatedFile open(Path path) throws IOException {
    return new RotatedFile(path, appending(path));
  }

  /// Standard output.
  static RotatedFile standardOutput() {
    return new RotatedFile(null, new FileOutputStream(FileDescriptor.out).getChannel());
  }

  private RotatedFile(@Nullable Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    key = path == null ? null : key(path);
  }

  void write(ByteBuffer lines) throws IOException {
    if (torn) {
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      torn = false;
    }
    int length = lines.remaining();
    try {
      while (lines.hasRemaining()) {
        channel.write(lines);
      }
    } catch (IOException failure) {
      torn = lines.remaining() < length;
      throw failure;
    }
  }

  /// Goes on in a new file if the one that is open is no longer at its path.
  void follow() throws IOException {
    if (path == null) {
      return;
    }
    Object there = key(path);
    if (there == null || !there.equals(key)) {
      FileChannel next = appending(path);
      channel.close();
      channel = next;
      key = key(path);
      torn = false;
    }
  }

  @Override
  public void close() throws IOException {
    if (path != null) {
      channel.close();
    }
  }

  private static FileChannel appending(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// Device and inode; null if there is nothing at the path, or it cannot be seen.
  private static @Nullable Object key(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException gone) {
      return null;
    }
  }
}
