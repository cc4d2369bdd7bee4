/// The HTTP door for the other services: contracts/internal.md. Never here: anything that a
/// person's token opens.
@NullMarked
package io.tercet.chat.internal;

import org.jspecify.annotations.NullMarked;
