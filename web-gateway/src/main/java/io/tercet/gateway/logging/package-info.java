/// How much is logged. Never here: what is logged.
@NullMarked
package io.tercet.gateway.logging;

import org.jspecify.annotations.NullMarked;
