/// Who is here now, by room. It is forgotten at a restart. Never here: membership, which is a fact
/// of the log.
@NullMarked
package io.tercet.chat.presence;

import org.jspecify.annotations.NullMarked;
