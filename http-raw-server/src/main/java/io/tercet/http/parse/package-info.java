/// Requests from bytes: heads and bodies, strict, incremental, and without a socket.
///
/// Nothing here answers a request, waits, or keeps a reference to an array that it was given. The
/// few bytes that are needed later (the last host, a trailer that has come in part) are copied.
@NullMarked
package io.tercet.http.parse;

import org.jspecify.annotations.NullMarked;
