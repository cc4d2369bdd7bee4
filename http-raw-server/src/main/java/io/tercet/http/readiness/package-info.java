/// Non-blocking sockets, and pollers that tell which of them are ready: interfaces only.
///
/// `posix` and `nio` implement them. Nothing here makes a system call or knows HTTP.
@NullMarked
package io.tercet.http.readiness;

import org.jspecify.annotations.NullMarked;
