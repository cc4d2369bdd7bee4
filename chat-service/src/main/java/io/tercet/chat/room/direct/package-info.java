/// Direct conversations: rooms that always have the same people.
///
/// Talks to: `hint`, `log` for ids, `people`, and the database through [DirectConversationStore].
@NullMarked
package io.tercet.chat.room.direct;

import org.jspecify.annotations.NullMarked;
