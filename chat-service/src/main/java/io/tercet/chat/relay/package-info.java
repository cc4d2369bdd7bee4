/// The only crossing: where people, rooms, presence and open connections meet. Doors call it; it
/// calls no door. Never here: WebSocket or HTTP.
@NullMarked
package io.tercet.chat.relay;

import org.jspecify.annotations.NullMarked;
