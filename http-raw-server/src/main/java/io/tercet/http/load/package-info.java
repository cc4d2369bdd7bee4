/// Makes requests on many connections at once and counts what comes back, for the lab.
///
/// It sees sockets only as `readiness` shows them. It must never start a server, and everything it
/// does ends when it is told to.
@NullMarked
package io.tercet.http.load;

import org.jspecify.annotations.NullMarked;
