package io.tercet.http.file;

import io.tercet.http.negotiation.AcceptedCodings;
import io.tercet.http.negotiation.ContentCoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file in all the forms in which it can be sent, as it was a moment ago. Immutable.
///
/// @param coded each shorter than the plain one
/// @param compression how it stands with a gzip form of our own making
/// @param isSettled whether the plain form has been left alone for so long that another content has
///     another tag
public record FileRepresentations(
    Representation plain, List<Representation> coded, Compression compression, boolean isSettled) {

  /// How it stands with a gzip form of our own making.
  public enum Compression {
    /// There is a file of it, or the type or the length speaks against it, or nobody wants it.
    UNWANTED,
    /// Nobody asked for it yet.
    POSSIBLE,
    /// It is among the coded.
    MADE,
    /// It was tried, and was no shorter.
    USELESS
  }

  public FileRepresentations {
    coded = List.copyOf(coded);
  }

  /// The form that the client likes best, and of equals the shortest; null if it refuses all.
  public @Nullable Representation choose(long weights) {
    int best = AcceptedCodings.weight(weights, ContentCoding.PLAIN);
    Representation chosen = best > 0 ? plain : null;
    for (int i = 0; i < coded.size(); i++) {
      Representation each = coded.get(i);
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
  public boolean wantsCompression(long weights, @Nullable Representation chosen) {
    if (compression != Compression.POSSIBLE) {
      return false;
    }
    int gzip = AcceptedCodings.weight(weights, ContentCoding.GZIP);
    if (gzip == 0 || chosen == null) {
      return gzip > 0;
    }
    int other = AcceptedCodings.weight(weights, chosen.coding());
    return gzip > other || (gzip == other && chosen.coding() == ContentCoding.PLAIN);
  }

  /// The same with the outcome of compression; null if it came to nothing.
  FileRepresentations compressed(@Nullable Representation gzip) {
    if (gzip == null) {
      return new FileRepresentations(plain, coded, Compression.USELESS, isSettled);
    }
    List<Representation> more = new ArrayList<>(coded);
    more.add(gzip);
    return new FileRepresentations(plain, more, Compression.MADE, isSettled);
  }

  /// Bytes of memory that they take, about.
  long bytes() {
    long bytes = plain.bytes();
    for (Representation each : coded) {
      bytes += each.bytes();
    }
    return bytes;
  }
}
