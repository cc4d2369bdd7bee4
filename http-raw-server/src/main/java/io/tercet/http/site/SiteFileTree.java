package io.tercet.http.site;

import io.tercet.http.file.FileTree;
import io.tercet.http.message.OpenFile;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;

/// The files of one version of a site: a visitor never sees half of another. Immutable.
final class SiteFileTree implements FileTree {
  private final Manifest manifest;
  private final FileTree blobs;
  private final Instant shownAt;

  /// @param blobs where contents are, by [SiteStore#blobPath]
  /// @param shownAt since when this is what visitors see. It is the date of every file: what a path
  ///     leads to may be older than what it led to before.
  SiteFileTree(Manifest manifest, FileTree blobs, Instant shownAt) {
    this.manifest = manifest;
    this.blobs = blobs;
    this.shownAt = shownAt;
  }

  @Override
  public Entry find(String path) {
    String sha256 = manifest.sha256(path);
    if (sha256 == null) {
      return manifest.isFolder(path) ? new Entry.Folder() : new Entry.Absent();
    }
    Entry blob = blobs.find(SiteStore.blobPath(sha256));
    return blob instanceof Entry.File(OpenFile file)
        ? new Entry.File(new Content(file, sha256, shownAt))
        : blob;
  }

  @Override
  public <T> T inOneWait(Supplier<T> questions) {
    return blobs.inOneWait(questions);
  }

  @Override
  public boolean isSnapshot() {
    return true;
  }

  /// A blob, with the digest of what is in it as its tag.
  private record Content(OpenFile source, String tag, Instant modifiedAt) implements OpenFile {
    @Override
    public long length() {
      return source.length();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      return source.read(position, into, offset, length);
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
