/// What is said when something cannot be done: the list of problem types and how each becomes an
/// answer over HTTP. Never here: a decision about what is allowed.
@NullMarked
package io.tercet.chat.problem;

import org.jspecify.annotations.NullMarked;
