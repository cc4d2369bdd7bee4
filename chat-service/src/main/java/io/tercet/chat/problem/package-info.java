/// Problems: their types, and their documents over HTTP. Never here: a decision about what is
/// allowed.
@NullMarked
package io.tercet.chat.problem;

import org.jspecify.annotations.NullMarked;
