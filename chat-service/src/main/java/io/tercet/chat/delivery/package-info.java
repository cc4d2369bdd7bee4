/// Delivers log entries, presence and answers to open connections. Doors call it; it calls no door.
/// Never here: WebSocket or HTTP.
@NullMarked
package io.tercet.chat.delivery;

import org.jspecify.annotations.NullMarked;
