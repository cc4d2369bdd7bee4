/// chat-service: people, rooms and the ordered log of each room.
///
/// The arrow: the doors `socket`, `rest` and `internal` → `signin` → `delivery` → `room` → `log` →
/// `people`; `delivery` → `presence`; `signin` → `token` → `session` → `people`. `security` checks
/// tokens for the doors, `frame` encodes for `socket`, `rest` and `delivery`. Everything may use
/// `problem`; stores use `database`. This package only starts the program. It never holds a
/// feature.
@NullMarked
package io.tercet.chat;

import org.jspecify.annotations.NullMarked;
