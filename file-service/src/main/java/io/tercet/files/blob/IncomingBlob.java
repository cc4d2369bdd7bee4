package io.tercet.files.blob;

import io.tercet.files.datafolder.OwnerOnly;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// The bytes of one upload: a file under `incoming/`, hashed while it is written.
///
/// Closing it before [BlobStore#store] deletes the bytes; after that, closing does nothing.
///
/// - Ownership: the code that opened it closes it, also after a failure.
/// - Threading: confined.
public final class IncomingBlob implements AutoCloseable {
  private static final int HEAD_BYTES = 8192;

  private final Path path;
  private final FreeSpace space;
  private final FileChannel channel;
  private final MessageDigest digest = sha256();
  private final byte[] head = new byte[HEAD_BYTES];
  private int headLength;
  private long size;

  IncomingBlob(Path path, FreeSpace space) throws IOException {
    this.path = path;
    this.space = space;
    this.channel =
        FileChannel.open(
            path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.FILE);
  }

  /// Appends bytes.
  ///
  /// - Errors: `storage-full`, also if they would use up the reserve.
  public void write(byte[] bytes, int offset, int length) {
    space.require(length);
    int headPart = Math.min(length, HEAD_BYTES - headLength);
    System.arraycopy(bytes, offset, head, headLength, headPart);
    headLength += headPart;
    digest.update(bytes, offset, length);
    size += length;
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw DiskFailure.of(e);
    }
  }

  /// Bytes so far.
  public long size() {
    return size;
  }

  /// The first bytes, at most 8 KiB, to detect the media type.
  public InputStream head() {
    return new ByteArrayInputStream(Arrays.copyOf(head, headLength));
  }

  /// Flushes the bytes to disk and returns their SHA-256; nothing may be written afterwards.
  String seal() throws IOException {
    channel.force(true);
    channel.close();
    return HexFormat.of().formatHex(digest.digest());
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("incoming bytes cannot be removed", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
