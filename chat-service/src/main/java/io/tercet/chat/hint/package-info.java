/// What other replicas of this service must know soon. A hint carries no truth: who hears it, or
/// misses it, reads the database. Never here: what a hint leads to.
@NullMarked
package io.tercet.chat.hint;

import org.jspecify.annotations.NullMarked;
