package io.tercet.http.message;

import java.util.List;

/// What a message carries after its fields. Its length is always known.
public sealed interface Body {

  /// Length in bytes.
  long length();

  /// Gives back what the body holds, whether it was sent or not. More than once does no harm.
  default void release() {}

  /// Bytes in memory; nobody changes them.
  @SuppressWarnings("ArrayRecordComponent") // A value of the wire: never compared, never changed.
  record Bytes(byte[] bytes) implements Body {
    /// Nothing.
    public static final Bytes NONE = new Bytes(new byte[0]);

    @Override
    public long length() {
      return bytes.length;
    }
  }

  /// Parts of an open file, with bytes between them where a multipart body needs some.
  ///
  /// The body owns the file.
  record OfFile(OpenFile file, List<Piece> pieces) implements Body {
    /// Copies the list.
    public OfFile {
      pieces = List.copyOf(pieces);
    }

    @Override
    public long length() {
      long length = 0;
      for (Piece piece : pieces) {
        length += piece.length();
      }
      return length;
    }

    @Override
    public void release() {
      file.close();
    }
  }

  /// A stretch of a body.
  sealed interface Piece {
    /// Length in bytes.
    long length();
  }

  /// Bytes between the parts of a file.
  @SuppressWarnings("ArrayRecordComponent") // As above.
  record Text(byte[] bytes) implements Piece {
    @Override
    public long length() {
      return bytes.length;
    }
  }

  /// A stretch of the file.
  record Region(long position, long length) implements Piece {
    /// Refuses what no file can have.
    public Region {
      if (position < 0 || length < 0) {
        throw new IllegalArgumentException("no region at " + position + " of " + length);
      }
    }
  }
}
