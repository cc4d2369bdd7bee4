package io.tercet.http.handle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file in all the forms in which it can be sent, as it was a moment ago. Immutable.
///
/// @param coded each shorter than the plain one
/// @param compression how it stands with a gzip form of our own making
/// @param isSettled whether the plain form has been left alone for so long that another content has
///     another tag
record Variants(Variant plain, List<Variant> coded, Compression compression, boolean isSettled) {

  /// How it stands with a gzip form of our own making.
  enum Compression {
    /// There is a file of it, or the type or the length speaks against it, or nobody wants it.
    UNWANTED,
    /// Nobody asked for it yet.
    POSSIBLE,
    /// It is among the coded.
    MADE,
    /// It was tried, and was no shorter.
    USELESS
  }

  Variants {
    coded = List.copyOf(coded);
  }

  /// The form that the client likes best, and of equals the shortest; null if it refuses all.
  @Nullable Variant choose(long weights) {
    int best = AcceptedCodings.weight(weights, Coding.PLAIN);
    Variant chosen = best > 0 ? plain : null;
    for (int i = 0; i < coded.size(); i++) {
      Variant each = coded.get(i);
      int weight = AcceptedCodings.weight(weights, each.coding());
      boolean shorter =
          chosen == null || each.representation().length() < chosen.representation().length();
      if (weight > best || (weight > 0 && weight == best && shorter)) {
        best = weight;
        chosen = each;
      }
    }
    return chosen;
  }

  /// Whether a gzip form should be made, because the client would rather have it.
  boolean wantsCompression(long weights, @Nullable Variant chosen) {
    if (compression != Compression.POSSIBLE) {
      return false;
    }
    int gzip = AcceptedCodings.weight(weights, Coding.GZIP);
    if (gzip == 0 || chosen == null) {
      return gzip > 0;
    }
    int other = AcceptedCodings.weight(weights, chosen.coding());
    return gzip > other || (gzip == other && chosen.coding() == Coding.PLAIN);
  }

  /// The same with the outcome of compression; null if it came to nothing.
  Variants compressed(@Nullable Variant gzip) {
    if (gzip == null) {
      return new Variants(plain, coded, Compression.USELESS, isSettled);
    }
    List<Variant> more = new ArrayList<>(coded);
    more.add(gzip);
    return new Variants(plain, more, Compression.MADE, isSettled);
  }

  /// Bytes of memory that they take, about.
  long bytes() {
    long bytes = plain.bytes();
    for (Variant each : coded) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
