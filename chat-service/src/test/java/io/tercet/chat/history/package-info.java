/// What clients of several replicas did and got, and whether that can be one log. Never here: who
/// the clients are, and what goes wrong on purpose.
@NullMarked
package io.tercet.chat.history;

import org.jspecify.annotations.NullMarked;
