/// The WebSocket door: Jetty's frames in, encoded bytes out, limits and close codes. Never here: a
/// rule about rooms.
@NullMarked
package io.tercet.chat.socket;

import org.jspecify.annotations.NullMarked;
