/// Up to where members have read their rooms: the place of each, and how it moves.
///
/// Talks to: `hint`, `log` for ids, `people`, and the database through [ReadPlaceStore].
@NullMarked
package io.tercet.chat.room.reading;

import org.jspecify.annotations.NullMarked;
