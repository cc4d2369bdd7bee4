package io.tercet.http.nio;

import io.tercet.http.message.OpenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;

/// An open regular file, and its attributes as they were just before it was opened.
final class NioFile implements OpenFile {
  private final Path path;
  private final FileChannel channel;
  private final BasicFileAttributes attributes;

  NioFile(Path path, FileChannel channel, BasicFileAttributes attributes) {
    this.path = path;
    this.channel = channel;
    this.attributes = attributes;
  }

  @Override
  public long length() {
    return attributes.size();
  }

  @Override
  public Instant modifiedAt() {
    return attributes.lastModifiedTime().toInstant();
  }

  @Override
  public String tag() {
    Instant modified = modifiedAt();
    long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
    int key = Objects.hashCode(attributes.fileKey());
    return Long.toString(length(), 36)
        + "-"
        + Long.toString(nanos, 36)
        + "-"
        + Integer.toString(key, 36);
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) throws IOException {
    return Math.max(0, channel.read(ByteBuffer.wrap(into, offset, length), position));
  }

  /// Java reads times only by name. If the name leads to another file now, this says unchanged.
  @Override
  public boolean isUnchanged() {
    try {
      if (channel.size() != length()) {
        return false;
      }
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      boolean isThisFile =
          attributes.fileKey() != null && attributes.fileKey().equals(now.fileKey());
      return !isThisFile || now.lastModifiedTime().equals(attributes.lastModifiedTime());
    } catch (IOException gone) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
