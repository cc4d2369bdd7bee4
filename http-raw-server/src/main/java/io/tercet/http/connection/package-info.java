/// One conversation with one client, without a socket: bytes in, bytes and file regions out.
///
/// Keep-alive, pipelining, bodies, deadlines and the way a connection ends live here. Nothing here
/// waits, reads a clock, starts a thread or knows where bytes come from.
@NullMarked
package io.tercet.http.connection;

import org.jspecify.annotations.NullMarked;
