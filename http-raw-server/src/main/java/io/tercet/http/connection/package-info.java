/// The HTTP conversation with one client, without a socket: bytes in, bytes and file regions out.
///
/// Keep-alive, pipelining, request bodies, deadlines and the end of a connection are decided here.
/// No conversation waits for its client, starts a thread or knows where bytes come from. The caller
/// tells it the time of a turn.
@NullMarked
package io.tercet.http.connection;

import org.jspecify.annotations.NullMarked;
