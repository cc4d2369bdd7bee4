/// Who waits for the socket: the concurrency models, all behind one seam.
///
/// A model gives conversations their turns and closes their sockets. Nothing here knows HTTP, and
/// nothing here makes a system call: sockets and pollers come from `readiness`.
@NullMarked
package io.tercet.http.concurrency;

import org.jspecify.annotations.NullMarked;
