/// Who is asking, checked at the door of every HTTP request: people's tokens, service tokens,
/// ended sessions. Never here: what they may do in a room.
@NullMarked
package io.tercet.chat.security;

import org.jspecify.annotations.NullMarked;
