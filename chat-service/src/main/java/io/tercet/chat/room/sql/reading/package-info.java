/// The places up to which members have read, in the database.
///
/// Talks to: `reading`, whose port it implements, and the database.
@NullMarked
package io.tercet.chat.room.sql.reading;

import org.jspecify.annotations.NullMarked;
