/// Access to SQLite or PostgreSQL: short pieces of SQL, each in a transaction, on the right thread.
/// Never here: a table but the one that its health check writes, or a rule of chat.
@NullMarked
package io.tercet.chat.database;

import org.jspecify.annotations.NullMarked;
