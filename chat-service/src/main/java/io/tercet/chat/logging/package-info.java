/// How much is logged. Never here: what is logged.
@NullMarked
package io.tercet.chat.logging;

import org.jspecify.annotations.NullMarked;
