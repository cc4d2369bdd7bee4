/// What waits to be sent to one connection, and how much may wait for one person and for all. Never
/// here: a room, or a frame's meaning.
@NullMarked
package io.tercet.chat.delivery.outbound;

import org.jspecify.annotations.NullMarked;
