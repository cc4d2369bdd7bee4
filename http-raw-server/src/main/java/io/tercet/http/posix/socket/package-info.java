/// Sockets of Linux: listen, accept, receive, send, close.
///
/// All are non-blocking. The system calls themselves are in `SocketCalls`.
@NullMarked
package io.tercet.http.posix.socket;

import org.jspecify.annotations.NullMarked;
