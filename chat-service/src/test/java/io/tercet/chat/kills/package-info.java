/// A process that ends at each statement of each change of rooms, and what it leaves. Never here:
/// statements that fail while the process goes on.
@NullMarked
package io.tercet.chat.kills;

import org.jspecify.annotations.NullMarked;
