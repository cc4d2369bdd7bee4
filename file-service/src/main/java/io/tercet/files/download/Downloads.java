package io.tercet.files.download;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.files.access.AccessControl;
import io.tercet.files.blob.BlobStore;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Space;
import io.tercet.files.identity.Person;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.springframework.stereotype.Component;

/// Finds files that a person may read, and opens their bytes.
///
/// - Threading: safe. A stream is confined to the code that opened it, which closes it.
@Component
public final class Downloads {
  private static final int BUFFER_BYTES = 65_536;

  private final AccessControl access;
  private final Catalog catalog;
  private final BlobStore blobs;
  private final Counter bytesOut;

  Downloads(AccessControl access, Catalog catalog, BlobStore blobs, MeterRegistry meters) {
    this.access = access;
    this.catalog = catalog;
    this.blobs = blobs;
    this.bytesOut =
        Counter.builder("tercet.download.bytes")
            .description("Bytes of files that were sent")
            .baseUnit("bytes")
            .register(meters);
  }

  /// - Errors: `room-not-found`, `file-not-found`.
  public Item.File find(Person person, Space space, FilePath path) {
    access.check(person, space);
    return catalog.read(tree -> tree.file(space, path));
  }

  /// A content from an offset in bytes to its end. It stays readable if the file is replaced or
  /// deleted meanwhile.
  public InputStream open(Item.Content content, long offset) throws IOException {
    FileChannel channel = blobs.open(content.sha256());
    channel.position(Math.min(offset, content.size()));
    return new CountingInputStream(Channels.newInputStream(channel));
  }

  /// Writes `length` bytes of a content from an offset on, without loading them into memory at
  /// once.
  public void copy(Item.Content content, long offset, long length, OutputStream out)
      throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, length)];
    try (InputStream in = open(content, offset)) {
      long remaining = length;
      while (remaining > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
        if (n < 0) {
          throw new IOException("a blob is shorter than the catalogue says");
        }
        out.write(buffer, 0, n);
        remaining -= n;
      }
    }
  }

  private final class CountingInputStream extends FilterInputStream {
    CountingInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      bytesOut.increment(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      bytesOut.increment(Math.max(0, count));
      return count;
    }
  }
}
