package io.tercet.chat.room.reading;

/// What a person says about a room: everything up to `seq` is read. It moves the place forward
/// only, or with `back` to `seq` wherever the place is.
public record ReadMove(Reader reader, long seq, boolean back) {

  /// This move and a later one of the same reader, as one.
  ReadMove then(ReadMove later) {
    return later.back ? later : new ReadMove(reader, Math.max(seq, later.seq), back);
  }

  /// Where it leads from a place in a log that ends with `lastSeq`.
  public long from(long place, long lastSeq) {
    long target = Math.min(seq, lastSeq);
    return back ? target : Math.max(place, target);
  }
}
