/// Bytes in, requests out: strict, incremental, and without a socket.
///
/// Nothing here answers a request, waits, or keeps bytes that it was shown.
@NullMarked
package io.tercet.http.parse;

import org.jspecify.annotations.NullMarked;
