package io.tercet.http.message;

import java.util.List;

/// The body of a message. Its length is always known.
public sealed interface Body {

  /// Length in bytes.
  long length();

  /// Gives back what the body holds, whether it was sent or not. A second call does nothing.
  default void release() {}

  /// Bytes in memory, which nobody changes.
  @SuppressWarnings("ArrayRecordComponent") // A value of the wire: never compared, never changed.
  record Bytes(byte[] bytes) implements Body {
    /// An empty body.
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

  /// A part of a body from a file.
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

  /// A part of the file.
  record Region(long position, long length) implements Piece {
    /// Rejects negative numbers.
    public Region {
      if (position < 0 || length < 0) {
        throw new IllegalArgumentException("no region at " + position + " of " + length);
      }
    }
  }
}
