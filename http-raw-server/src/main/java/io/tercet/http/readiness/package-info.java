/// Sockets that never make anybody wait, and the question which of them are ready.
///
/// These are the shapes that the operating system fills in; nothing here calls it, and nothing here
/// knows HTTP.
@NullMarked
package io.tercet.http.readiness;

import org.jspecify.annotations.NullMarked;
