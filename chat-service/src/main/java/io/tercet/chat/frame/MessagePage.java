package io.tercet.chat.frame;

import io.tercet.chat.log.CurrentEntry;
import java.util.List;

/// What the places `from` to `to` of a log hold, as it is now.
///
/// @param entries ascending
/// @param quoted the messages that these entries answer and that are not among them, ascending
/// @param last the newest place of the log
public record MessagePage(
    List<CurrentEntry> entries, List<CurrentEntry> quoted, long from, long to, long last) {}
