package io.tercet.http.file;

import io.tercet.http.negotiation.AcceptedCodings;
import io.tercet.http.negotiation.ContentCoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file in all the forms in which it can be sent, as it was a moment ago. Immutable.
///
/// @param coded compressed forms, each shorter than the plain one
/// @param compression whether the server can add a gzip form of its own
/// @param isSettled whether the plain form has been left alone for so long that another content has
///     another tag
public record FileRepresentations(
    Representation plain, List<Representation> coded, Compression compression, boolean isSettled) {

  /// Whether the server can add a gzip form of its own.
  public enum Compression {
    /// No: there is a gzip file already, the type or the length speaks against it, or it is off.
    UNWANTED,
    /// Yes, but nobody has asked for it yet.
    POSSIBLE,
    /// It is among the coded forms.
    MADE,
    /// It was tried, and was no shorter.
    USELESS
  }

  /// Copies the list.
  public FileRepresentations {
    coded = List.copyOf(coded);
  }

  /// The form with the greatest weight, and of equals the shortest; null if the client refuses all.
  public @Nullable Representation choose(AcceptedCodings accepted) {
    int best = accepted.weight(ContentCoding.PLAIN);
    Representation chosen = best > 0 ? plain : null;
    for (int i = 0; i < coded.size(); i++) {
      Representation each = coded.get(i);
      int weight = accepted.weight(each.coding());
      boolean shorter = chosen == null || each.metadata().length() < chosen.metadata().length();
      if (weight > best || (weight > 0 && weight == best && shorter)) {
        best = weight;
        chosen = each;
      }
    }
    return chosen;
  }

  /// Whether the server should make a gzip form, because the client prefers it to the chosen one.
  public boolean wantsCompression(AcceptedCodings accepted, @Nullable Representation chosen) {
    if (compression != Compression.POSSIBLE) {
      return false;
    }
    int gzip = accepted.weight(ContentCoding.GZIP);
    if (gzip == 0 || chosen == null) {
      return gzip > 0;
    }
    int other = accepted.weight(chosen.coding());
    return gzip > other || (gzip == other && chosen.coding() == ContentCoding.PLAIN);
  }

  /// The same file with this gzip form; null if that was no shorter.
  FileRepresentations compressed(@Nullable Representation gzip) {
    if (gzip == null) {
      return new FileRepresentations(plain, coded, Compression.USELESS, isSettled);
    }
    List<Representation> more = new ArrayList<>(coded);
    more.add(gzip);
    return new FileRepresentations(plain, more, Compression.MADE, isSettled);
  }

  /// About how many bytes of memory all forms take.
  long bytes() {
    return plain.bytes() + coded.stream().mapToLong(Representation::bytes).sum();
  }
}
