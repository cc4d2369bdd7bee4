/// Parts of a transaction of the log that are about messages alone: whether one was sent before,
/// its files, and what a deletion leaves. And the store of confirmed files. Never here: which role
/// may do it.
@NullMarked
package io.tercet.chat.room.sql.message;

import org.jspecify.annotations.NullMarked;
