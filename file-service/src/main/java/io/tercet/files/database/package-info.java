/// SQLite behind its own bounded threads: one writer, a few readers.
///
/// Never runs SQL on a caller's thread, and never knows a table.
///
/// Arrow: features → `database` → `datafolder`.
@NullMarked
package io.tercet.files.database;

import org.jspecify.annotations.NullMarked;
