/// Files of messages as rows: those that are confirmed, and those that a message has. Never here:
/// the rows of the log.
@NullMarked
package io.tercet.chat.room.sql.file;

import org.jspecify.annotations.NullMarked;
