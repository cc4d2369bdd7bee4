/// The ordered log of each room: its entries, the commands that add to it, and the one writer that
/// commits them. A new kind of entry starts here. Never here: SQL, or a decision that depends on
/// who is online.
@NullMarked
package io.tercet.chat.log;

import org.jspecify.annotations.NullMarked;
