/// chat-service: people, rooms and the ordered log of each room.
///
/// The arrow: doors (`socket`, `rest`, `internal`) → `relay` (the only crossing) → `room`,
/// `presence` → `people`. `frame` and `token` hold values for the doors and the relay; `database`
/// and `problem` are below everything. Never here: a feature; only the start of the program.
@NullMarked
package io.tercet.chat;

import org.jspecify.annotations.NullMarked;
