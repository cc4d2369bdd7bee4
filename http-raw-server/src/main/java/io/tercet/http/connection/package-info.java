/// One conversation with one client, without a socket: bytes in, bytes and file regions out.
///
/// Keep-alive, pipelining, bodies, deadlines and the way a connection ends live here. No
/// conversation waits for its client, starts a thread or knows where bytes come from; the time of a
/// turn is told to it, that of a line of the access log it asks the log for. Only who borrows a
/// workspace may wait, until another turn ends.
@NullMarked
package io.tercet.http.connection;

import org.jspecify.annotations.NullMarked;
