package io.tercet.chat.room.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a member has not read in a room.
///
/// @param lastSeq the end of the log when this was so
/// @param lastReadSeq the member's place: up to there everything is read
/// @param count how much is unread, as far as it is counted
/// @param firstSeq the first of it; null if nothing is unread
/// @param mentions the newest unread messages that mention the member, ascending, as many as are
///     counted
public record Unread(
    long lastSeq, long lastReadSeq, int count, @Nullable Long firstSeq, List<Long> mentions) {

  public Unread {
    mentions = List.copyOf(mentions);
  }
}
