/// What the names of public rooms look like, and what they are found by, as rows.
///
/// Talks to: `log` for commands and results, `text` for words.
@NullMarked
package io.tercet.chat.room.sql.name;

import org.jspecify.annotations.NullMarked;
