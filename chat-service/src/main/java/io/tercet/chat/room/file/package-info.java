/// Files that file-service confirmed, until a message has them.
///
/// Talks to: `log` for ids, `people`, `housekeeping`, and the database through
/// [ConfirmedFileStore].
@NullMarked
package io.tercet.chat.room.file;

import org.jspecify.annotations.NullMarked;
