/// Direct conversations in the database.
///
/// Talks to: `log` for commands and results, `people`, and the database.
@NullMarked
package io.tercet.chat.room.sql.direct;

import org.jspecify.annotations.NullMarked;
