/// The places up to which members have read, in the database.
///
/// Talks to: `reading`, whose port it implements, and the database.
@NullMarked
package io.tercet.chat.room.reading.sql;

import org.jspecify.annotations.NullMarked;
