/// Who is present in a room now; a restart forgets it. Never here: membership, which the log keeps.
@NullMarked
package io.tercet.chat.presence;

import org.jspecify.annotations.NullMarked;
