/// The one seam to SQLite or PostgreSQL: short pieces of work, each in a transaction, on the right
/// thread. Never here: a table's name or a rule of chat.
@NullMarked
package io.tercet.chat.database;

import org.jspecify.annotations.NullMarked;
