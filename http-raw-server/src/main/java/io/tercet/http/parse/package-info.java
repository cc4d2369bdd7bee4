/// Bytes in, requests out: strict, incremental, and without a socket.
///
/// Nothing here answers a request, waits, or refers to an array of bytes once it was shown it; the
/// few bytes that are needed later (the last host, a trailer that has come in part) are copied.
@NullMarked
package io.tercet.http.parse;

import org.jspecify.annotations.NullMarked;
