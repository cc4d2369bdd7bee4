/// SQLite on a bounded number of threads: one that writes, a few that read.
///
/// Never runs SQL on the thread of a caller, and never knows a table.
///
/// Arrow: features → `database` → `datafolder`.
@NullMarked
package io.tercet.files.database;

import org.jspecify.annotations.NullMarked;
