/// How much is logged. Never here: what is logged.
@NullMarked
package io.tercet.files.logging;

import org.jspecify.annotations.NullMarked;
