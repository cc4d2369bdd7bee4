/// What was sent before: the ids of messages and events that the log has already.
///
/// Talks to: `log` for commands and results.
@NullMarked
package io.tercet.chat.room.sql.sent;

import org.jspecify.annotations.NullMarked;
