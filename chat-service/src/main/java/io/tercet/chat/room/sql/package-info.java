/// Rooms, memberships and log entries as tables: how a batch of commands becomes rows. Never here:
/// a thread, or a rule that does not need the database.
@NullMarked
package io.tercet.chat.room.sql;

import org.jspecify.annotations.NullMarked;
