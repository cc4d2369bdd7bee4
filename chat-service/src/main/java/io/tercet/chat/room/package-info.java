/// Rooms, who belongs to them, and the one ordered log of each. Never here: a connection, a JSON
/// document or who is online.
@NullMarked
package io.tercet.chat.room;

import org.jspecify.annotations.NullMarked;
